using System.Net;
using System.Text.RegularExpressions;

namespace Picket.Server.Tests.People;

/// <summary>A browser without scripts: it keeps cookies, reads forms and posts them with their hidden fields.</summary>
public sealed partial class FormBrowser : IDisposable
{
    private const int MostMoves = 12;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public FormBrowser(PicketApplication picket)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        http = new HttpClient(handler) { BaseAddress = picket.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        http.DefaultRequestHeaders.UserAgent.ParseAdd("FormBrowser/1.0");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Cookie? Cookie(string name) => cookies.GetCookies(http.BaseAddress!)[name];

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(path, UriKind.Relative), Cancel);

    public async Task<string> TextAsync(string path) => await (await GetAsync(path)).Content.ReadAsStringAsync(Cancel);

    /// <summary>Posts with the browser's cookies, and with nothing of a form that was shown.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) =>
        http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);

    /// <summary>Opens a page and posts its form, to the form's own address.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string page, params (string Name, string Value)[] fields) =>
        SubmitAsync(page, null, fields);

    /// <param name="action">Where a button of the form sends it, in place of the form's own address.</param>
    public async Task<HttpResponseMessage> SubmitAsync(
        string page,
        string? action,
        params (string Name, string Value)[] fields
    )
    {
        var html = await TextAsync(page);
        var form = Form().Match(html);
        var hidden = Hidden()
            .Matches(form.Value)
            .Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));
        action ??= Action().Match(form.Value) is { Success: true } found ? found.Groups[1].Value : page;
        var all = hidden.Concat(fields).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2));
        return await http.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(all), Cancel);
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string page = "/sign-in") =>
        SubmitAsync(page, ("name", name), ("password", password));

    public async Task<Landed> FollowAsync(string path) => await FollowAsync(await GetAsync(path));

    /// <summary>Goes where redirects and pages that move on lead, to other hosts too.</summary>
    public async Task<Landed> FollowAsync(HttpResponseMessage answer)
    {
        for (var i = 0; i < MostMoves; i++)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            var next =
                answer.Headers.Location?.OriginalString
                ?? (Move().Match(text) is { Success: true } move ? WebUtility.HtmlDecode(move.Groups[1].Value) : null);
            if (next is null)
            {
                return new Landed(answer.RequestMessage!.RequestUri!.PathAndQuery, answer.StatusCode, text);
            }

            answer = await http.GetAsync(new Uri(answer.RequestMessage!.RequestUri!, next), Cancel);
        }

        throw new InvalidOperationException("It moves on and on.");
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("<form method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=([^\"]*)\"")]
    private static partial Regex Move();

    [GeneratedRegex(" action=\"([^\"]+)\"")]
    private static partial Regex Action();
}

/// <summary>Where a browser ended up.</summary>
public sealed record Landed(string Path, HttpStatusCode Status, string Text);
