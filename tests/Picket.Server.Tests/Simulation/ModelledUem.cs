using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Picket.Server.Tests.Simulation;

/// <summary>What goes wrong with one call.</summary>
internal enum Trouble
{
    None,
    LostAnswer,
    Reset,
    NoAnswer,
    NoAnswerToWhatWasDone,
    Slow,
    BrokenOver,
    Maintenance,
    TooManyRequests,
    HtmlPage,
    HalfABody,
    Nothing,
    SomeRefused,
    TagServiceRests,
    RightMissing,
    WrongTotal,
    RowTwice,
    RowLeftOut,
}

/// <summary>A tag of the UEM. Picket's are those that Picket made.</summary>
internal sealed class ModelledTag(int id, string name, bool isPickets)
{
    public int Id { get; } = id;
    public string Name { get; set; } = name;
    public bool IsPickets { get; } = isPickets;
    public SortedSet<int> Carriers { get; } = [];
}

/// <summary>A bulk call that was acted on.</summary>
internal sealed record TagWrite(int Tag, bool IsAdd, IReadOnlyList<int> Devices);

/// <summary>
/// As much of a UEM as tags and messages need, in memory: what it holds outlives Picket's processes. Each thing that must
/// never be asked of it is noted at the moment when it is.
/// </summary>
internal sealed class ModelledUem(Random random, TimeProvider clock, Action<string> tell)
{
    /// <summary>Than anybody waits for an answer.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromMinutes(10);

    /// <summary>A little less than what the product promises: a message arrives a little after it was marked.</summary>
    private static readonly TimeSpan BetweenMessages = TimeSpan.FromHours(23.9);

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

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellation);
        var path = request.RequestUri!.AbsolutePath["/API/".Length..].Split('/');
        var trouble = NextTrouble(path, request.Method);
        tell($"{request.Method} {string.Join('/', path)} {body} {(trouble == Trouble.None ? "" : trouble)}");
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

        var answer = Act(request.Method, path, body, trouble);
        acted();
        switch (trouble)
        {
            case Trouble.LostAnswer:
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
        if (random.Next(100) >= TroublePercent)
        {
            return Trouble.None;
        }

        var trouble = (Trouble)random.Next(1, Enum.GetValues<Trouble>().Length);
        var isBulk = path[^1] is "adddevices" or "removedevices";
        var isListing = path[^1] == "search";
        return trouble switch
        {
            // "No device carries it" is an answer that nobody can tell from the truth.
            Trouble.Nothing when path[^1] is "addtag" or "push" or "devices" => Trouble.Reset,
            Trouble.SomeRefused when !isBulk => Trouble.LostAnswer,
            Trouble.WrongTotal or Trouble.RowTwice or Trouble.RowLeftOut when !isListing => Trouble.BrokenOver,
            _ => trouble,
        };
    }

    private HttpResponseMessage Act(HttpMethod method, string[] path, string body, Trouble trouble) =>
        path switch
        {
            ["mdm", "tags", "search"] => Search(trouble),
            ["mdm", "tags", "addtag"] => Add(body),
            ["mdm", "tags", var tag, "update"] => Rename(Number(tag), body),
            ["mdm", "tags", var tag, "devices"] => Carriers(Number(tag)),
            ["mdm", "tags", var tag, "adddevices"] => Bulk(Number(tag), body, isAdd: true, trouble),
            ["mdm", "tags", var tag, "removedevices"] => Bulk(Number(tag), body, isAdd: false, trouble),
            ["mdm", "devices", var device, "messages", "push"] => Push(Number(device)),
            _ => throw new NotSupportedException($"{method} {string.Join('/', path)}"),
        };

    private HttpResponseMessage Search(Trouble trouble)
    {
        var rows = Tags.Values.Select(tag => new { Id = new { Value = tag.Id }, TagName = tag.Name }).ToList();
        if (trouble == Trouble.RowLeftOut && rows.Count > 0)
        {
            rows.RemoveAt(random.Next(rows.Count));
        }

        var total = rows.Count;
        if (trouble == Trouble.WrongTotal)
        {
            total += random.Next(1, 4);
        }
        else if (trouble == Trouble.RowTwice && rows.Count > 0)
        {
            rows.Add(rows[0]);
        }

        return rows.Count == 0
            ? new HttpResponseMessage(HttpStatusCode.NoContent)
            : Json(
                new
                {
                    Tags = rows,
                    Page = 0,
                    PageSize = 500,
                    Total = total,
                }
            );
    }

    private HttpResponseMessage Add(string body)
    {
        using var wish = JsonDocument.Parse(body);
        var name = wish.RootElement.GetProperty("TagName").GetString()!;
        if (Tags.Values.Any(tag => tag.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            Offences.Add($"It made the tag {name}, which is there.");
            return Error(400, 6, $"Tag name: {name} already exists.");
        }

        return Json(new { Value = Make(name, isPickets: true).Id });
    }

    private HttpResponseMessage Rename(int number, string body)
    {
        using var wish = JsonDocument.Parse(body);
        var name = wish.RootElement.GetProperty("TagName").GetString()!;
        if (!Tags.TryGetValue(number, out var tag))
        {
            return Error(400, 6, "Invalid tag id");
        }

        if (!tag.IsPickets)
        {
            Offences.Add($"It renamed the tag {tag.Name} of others to {name}.");
        }

        tag.Name = name;
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private HttpResponseMessage Carriers(int tag) =>
        Tags.TryGetValue(tag, out var found)
            ? Json(new { Device = found.Carriers.Select(device => new { DeviceId = device }) })
            : Error(400, 6, "Invalid tag id");

    private HttpResponseMessage Bulk(int number, string body, bool isAdd, Trouble trouble)
    {
        using var wish = JsonDocument.Parse(body);
        int[] devices =
        [
            .. wish
                .RootElement.GetProperty("BulkValues")
                .GetProperty("Value")
                .EnumerateArray()
                .Select(value => Number(value.GetString()!)),
        ];
        if (!Tags.TryGetValue(number, out var tag))
        {
            return Error(400, 6, "Invalid tag id");
        }

        Offences.AddRange(OffencesOf(tag, devices));
        if (devices.Length > BulkLimit)
        {
            return Error(400, 6, "Bulk input has more than Bulk settings allow.");
        }

        Writes.Add(new TagWrite(number, isAdd, devices));
        var faults = new List<object>();
        foreach (var device in devices)
        {
            if (FaultOf(tag, device, isAdd, trouble) is { } fault)
            {
                faults.Add(
                    new
                    {
                        fault.ErrorCode,
                        ItemValue = $"{device}",
                        fault.Message,
                    }
                );
            }
        }

        return Json(
            new
            {
                TotalItems = devices.Length,
                AcceptedItems = devices.Length - faults.Count,
                FailedItems = faults.Count,
                Faults = new { Fault = faults },
            }
        );
    }

    private (int ErrorCode, string Message)? FaultOf(ModelledTag tag, int device, bool isAdd, Trouble trouble)
    {
        if (!Devices.Contains(device))
        {
            return (404, "Device Not Found");
        }

        if (trouble == Trouble.SomeRefused && random.Next(2) == 0)
        {
            return (500, "The device is busy.");
        }

        var changed = isAdd ? tag.Carriers.Add(device) : tag.Carriers.Remove(device);
        if (!changed)
        {
            if (TroublePercent == 0)
            {
                Offences.Add(
                    $"It {(isAdd ? "put" : "took")} {tag.Name} {(isAdd ? "on" : "off")} {device}, where it was so already."
                );
            }

            return (400, isAdd ? "Tag is already associated with the device." : "Tag is not associated.");
        }

        ByPicket[(device, tag.Id)] = isAdd;
        return null;
    }

    private IEnumerable<string> OffencesOf(ModelledTag tag, int[] devices)
    {
        if (!tag.IsPickets)
        {
            yield return $"It touched the tag {tag.Name}, which somebody else made.";
        }

        foreach (var device in devices.Where(NeverTouched.Contains))
        {
            yield return $"It touched device {device}, which is on the never-touch list.";
        }

        if (devices.Length != devices.Distinct().Count())
        {
            yield return $"It named a device twice in one call for {tag.Name}.";
        }
    }

    private HttpResponseMessage Push(int device)
    {
        if (!Devices.Contains(device))
        {
            return Error(404, 5061, "Device not found for this request.");
        }

        var now = clock.GetUtcNow();
        if (Messages.TryGetValue(device, out var earlier) && now - earlier < BetweenMessages)
        {
            Offences.Add($"Device {device} got a message at {earlier:HH:mm:ss} and another one at {now:HH:mm:ss}.");
        }

        Messages[device] = now;
        if (NeverTouched.Contains(device))
        {
            Offences.Add($"Device {device} got a message, and is on the never-touch list.");
        }

        return new HttpResponseMessage(HttpStatusCode.Accepted);
    }

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

/// <summary>The wire of one process: it may die before its call goes out, once it was acted on, and when it was answered.</summary>
internal sealed class ModelledWire(ModelledUem uem, Life life) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        life.Step($"before {call}");
        var answer = await uem.AnswerAsync(request, () => life.Step($"once {call} was acted on"), cancellationToken);
        life.Step($"after {call}");
        return answer;
    }
}
