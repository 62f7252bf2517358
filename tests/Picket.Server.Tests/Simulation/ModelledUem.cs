using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Picket.Server.Tests.Simulation;

/// <summary>
/// As much of a UEM as tags, app groups, messages and commands need, in memory: what it holds outlives Picket's processes. Each thing
/// that must never be asked of it is noted at the moment when it is.
/// </summary>
internal sealed partial class ModelledUem(Random random, TimeProvider clock, Action<string> tell)
{
    /// <summary>Than anybody waits for an answer.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromMinutes(10);

    /// <summary>A little less than what the product promises: a message arrives a little after it was marked.</summary>
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromHours(23.9);

    private static readonly int Troubles = Enum.GetValues<Trouble>().Length;

    private int nextTag = 100;

    public SortedDictionary<int, ModelledTag> Tags { get; } = [];

    /// <summary>Devices that it has.</summary>
    public SortedSet<int> Devices { get; } = [];

    /// <summary>When each device got its last message.</summary>
    public Dictionary<int, DateTimeOffset> Messages { get; } = [];

    public List<TagWrite> Writes { get; } = [];

    /// <summary>Device and tag, where Picket was the last one who put it there; false where it was taken off by Picket.</summary>
    public Dictionary<(int Device, int Tag), bool> ByPicket { get; } = [];

    public List<string> Offences { get; } = [];

    public HashSet<int> NeverTouched { get; } = [];

    public int BulkLimit { get; set; } = 1000;

    /// <summary>Of a hundred calls, so many go wrong.</summary>
    public int TroublePercent { get; set; }

    /// <summary>Nobody signs in with the password that Picket has.</summary>
    public bool IsPasswordRefused { get; set; }

    /// <summary>Nothing may change it: somebody has stopped all writes.</summary>
    public bool IsStopped { get; set; }

    /// <summary>What goes wrong with the next call whose path ends so, before chance has its say.</summary>
    public Queue<(string Ending, Trouble Trouble)> Script { get; } = [];

    /// <summary>How often it may be asked with a password that it refuses.</summary>
    public int MostRefusals { get; set; } = 1;

    public ModelledTag Make(string name, bool isPickets)
    {
        var tag = new ModelledTag(nextTag++, name, isPickets);
        Tags[tag.Id] = tag;
        return tag;
    }

    /// <summary>A device leaves, with its tags.</summary>
    public void Remove(int device)
    {
        Devices.Remove(device);
        Phones.Remove(device);
        foreach (var tag in Tags.Values)
        {
            tag.Carriers.Remove(device);
        }
    }

    /// <param name="acted">Told after the call was acted on, before anything else.</param>
    public async Task<HttpResponseMessage> AnswerAsync(
        HttpRequestMessage request,
        Action acted,
        CancellationToken cancellation
    )
    {
        if (IsPasswordRefused)
        {
            tell($"{request.Method} {request.RequestUri!.AbsolutePath} Refused");
            if (--MostRefusals < 0)
            {
                Offences.Add("It signed in again with a password that was refused.");
            }

            return Error(401, 1002, "Invalid user credentials.");
        }

        if (IsStopped && request.Method != HttpMethod.Get)
        {
            Offences.Add($"{request.Method} {request.RequestUri!.AbsolutePath} came while all writes were stopped.");
        }

        CatchUp();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellation);
        var path = request.RequestUri!.AbsolutePath["/API/".Length..].Split('/');
        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        var trouble = NextTrouble(path, request.Method);
        tell(
            $"{request.Method} {string.Join('/', path)}{request.RequestUri.Query} {body} {(trouble == Trouble.None ? "" : trouble)}"
        );
        switch (trouble)
        {
            case Trouble.Reset:
                throw new HttpRequestException("The connection was reset.", new IOException("reset"));
            case Trouble.NoAnswer:
                await Task.Delay(Longer, clock, cancellation);
                break;
            case Trouble.Slow:
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 20)), clock, cancellation);
                break;
            case Trouble.Maintenance:
                return Error(503, null, "Maintenance");
            case Trouble.TooManyRequests:
                return TooMany();
            case Trouble.TagServiceRests:
                return Error(424, 424, "The tag service is not available.");
            case Trouble.RightMissing:
                return Error(403, 1011, "You do not have permission.");
            case Trouble.HtmlPage:
                return Text(200, "<html>Sign in to the proxy</html>", "text/html");
            case Trouble.Nothing:
                return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        var answer = Act(request.Method, path, query, body, trouble);
        acted();
        switch (trouble)
        {
            case Trouble.LostAnswer or Trouble.Late:
                throw new HttpRequestException("The connection broke.", new IOException("broken"));
            case Trouble.NoAnswerToWhatWasDone:
                await Task.Delay(Longer, clock, cancellation);
                break;
            case Trouble.BrokenOver:
                return Error(500, 1000, "Internal Server Error");
            case Trouble.HalfABody:
                var whole = await answer.Content.ReadAsStringAsync(cancellation);
                return Text(200, whole[..(whole.Length / 2)] + "{", "application/json");
        }

        return answer;
    }

    private Trouble NextTrouble(string[] path, HttpMethod method)
    {
        if (Script.TryPeek(out var next) && string.Join('/', path).EndsWith(next.Ending, StringComparison.Ordinal))
        {
            return Script.Dequeue().Trouble;
        }

        if (IsBehind(path, method))
        {
            return Trouble.Late;
        }

        if (random.Next(100) >= TroublePercent)
        {
            return Trouble.None;
        }

        var trouble = (Trouble)random.Next(1, Troubles);
        return path is ["mam", "apps", "appgroups", ..] ? OfAppGroups(trouble, path, method) : OfOthers(trouble, path);
    }

    private Trouble OfOthers(Trouble trouble, string[] path)
    {
        var isBulk = path[^1] is "adddevices" or "removedevices";
        var isListing = path is ["mdm", "tags", "search"];
        return trouble switch
        {
            // That nobody carries a tag is an answer that nobody can tell from the truth where it is given again and again.
            Trouble.Nothing when path is ["mdm", "tags", var tag, "devices"] => SaysNobody(Number(tag))
                ? Trouble.Nothing
                : Trouble.None,
            Trouble.Nothing when !isListing && !isBulk => Trouble.Reset,
            Trouble.Late => Trouble.LostAnswer,
            Trouble.SomeRefused when !isBulk => Trouble.LostAnswer,
            Trouble.WrongTotal
            or Trouble.RowTwice
            or Trouble.RowLeftOut
            or Trouble.RowsMoved
            or Trouble.Churn when !isListing => Trouble.BrokenOver,
            _ => trouble,
        };
    }

    private HttpResponseMessage Act(
        HttpMethod method,
        string[] path,
        NameValueCollection query,
        string body,
        Trouble trouble
    ) =>
        path switch
        {
            ["mdm", "tags", "search"] => Search(query, trouble),
            ["mdm", "tags", "addtag"] => Add(body),
            ["mdm", "tags", var tag, "update"] => Rename(Number(tag), body),
            ["mdm", "tags", var tag, "devices"] => CarriersTold(Number(tag)),
            ["mdm", "tags", var tag, "adddevices"] => Bulk(Number(tag), body, isAdd: true, trouble),
            ["mdm", "tags", var tag, "removedevices"] => Bulk(Number(tag), body, isAdd: false, trouble),
            ["mam", "apps", "appgroups", "search"] => ListAppGroups(query, trouble),
            ["mam", "apps", "appgroups", ..] => AppGroup(method, path, body, trouble),
            ["mdm", "devices", var device, "messages", _] => Message(Number(device), body),
            ["mdm", "devices", var device, "commands"] => Command(Number(device), query["command"]!),
            ["mdm", "devices", var device] => Describe(Number(device)),
            ["system", "groups", _, "device-wipe-lock"] => Json(new { state = IsWipeLocked ? "LOCKED" : "UNLOCKED" }),
            ["system", "groups", _, "device-wipes"] => Wipes(),
            ["system", "admins", "search"] => Administrators(query),
            _ => throw new NotSupportedException($"{method} {string.Join('/', path)}"),
        };

    private HttpResponseMessage TooMany()
    {
        var answer = Error(429, null, "Too many requests");
        if (random.Next(2) == 0)
        {
            answer.Headers.TryAddWithoutValidation("Retry-After", $"{random.Next(1, 30)}");
        }

        return answer;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static HttpResponseMessage Json<T>(T value) =>
        Text(200, JsonSerializer.Serialize(value), "application/json");

    private static HttpResponseMessage Error(int status, int? code, string message) =>
        Text(
            status,
            code is null ? message : JsonSerializer.Serialize(new { errorCode = code, message }),
            code is null ? "text/html" : "application/json"
        );

    private static HttpResponseMessage Text(int status, string text, string type) =>
        new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };
}
