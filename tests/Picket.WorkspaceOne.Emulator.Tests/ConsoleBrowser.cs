using System.Net;
using System.Text.RegularExpressions;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>The console as a browser without script sees it: pages, forms, cookies.</summary>
internal sealed partial class ConsoleBrowser : IDisposable
{
    private readonly HttpClient client;

    public ConsoleBrowser(EmulatorHost host)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        client = new HttpClient(handler) { BaseAddress = new Uri(host.ConsoleAddress, "/") };
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ConsoleBrowser> SignedInAsync(EmulatorHost host, string user, string password)
    {
        var browser = new ConsoleBrowser(host);
        var (status, _, to) = await browser.SignInAsync(user, password);
        Assert.True(status is 302 or 303, $"{user} was not signed in.");
        Assert.Equal("/console", new Uri(new Uri(host.ConsoleAddress, "/"), to).AbsolutePath);
        return browser;
    }

    public Task<(int Status, string Page, string? Location)> SignInAsync(
        string user,
        string password,
        string path = "/console/sign-in"
    ) => PostAsync(path, "sign-in", ("user", user), ("password", password));

    public async Task<(int Status, string Page, string? Location)> GetAsync(string path)
    {
        using var answer = await client.GetAsync(path, Cancelled);
        return await ReadAsync(answer);
    }

    /// <summary>Opens a page and sends the form of that name, as its button would.</summary>
    public async Task<(int Status, string Page, string? Location)> PostAsync(
        string path,
        string form,
        params (string Name, string Value)[] fields
    )
    {
        var (_, page, _) = await GetAsync(path);
        var token = Token().Match(page).Groups["value"].Value;
        return await PostRawAsync(path, [("_handler", form), ("__RequestVerificationToken", token), .. fields]);
    }

    public async Task<(int Status, string Page, string? Location)> PostRawAsync(
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        using var answer = await client.PostAsync(path, content, Cancelled);
        return await ReadAsync(answer);
    }

    public async Task<HttpResponseMessage> RawAsync(string path) => await client.GetAsync(path, Cancelled);

    public void Dispose() => client.Dispose();

    private static async Task<(int Status, string Page, string? Location)> ReadAsync(HttpResponseMessage answer) =>
        (
            (int)answer.StatusCode,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled)),
            answer.Headers.Location?.ToString()
        );

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"")]
    private static partial Regex Token();
}
