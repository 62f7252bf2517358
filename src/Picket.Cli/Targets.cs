using System.CommandLine;
using Picket.Api;

namespace Picket.Cli;

/// <summary>Finds what an argument names: people know names, the server knows ids.</summary>
internal static class Targets
{
    public static Argument<string?> IntegrationArgument() =>
        new("integration")
        {
            Description = "Whole name or id of the integration; may be left out while there is only one.",
            Arity = ArgumentArity.ZeroOrOne,
        };

    public static Option<string?> IntegrationOption() =>
        new("--integration") { Description = "Only this integration (name or id).", HelpName = "NAME" };

    public static Argument<string> DeviceArgument() =>
        new("device") { Description = "Id, serial number or friendly name of the device." };

    /// <summary>
    /// The integration with exactly this name (letter case apart) or id. The beginning of a name is never enough: the
    /// same words are used to change and to remove.
    /// </summary>
    public static async Task<Guid> IntegrationAsync(
        this Session session,
        string? text,
        CancellationToken cancellationToken
    )
    {
        if (Guid.TryParse(text, out var id))
            return id;
        var all = new List<IntegrationView>();
        await foreach (var each in session.Client.Integrations().WithCancellation(cancellationToken))
            all.Add(each);
        var named = Named(all, text, each => each.Name);
        return (text, named, all) switch
        {
            (null, _, [var only]) => only.Id,
            (null, _, []) => throw new UsageException(
                "There is no integration yet. Make one with `picket integrations add`."
            ),
            (null, _, _) => throw new UsageException($"There are several integrations: {Names(all)}. Name one."),
            (_, [var one], _) => one.Id,
            (_, [], _) => throw new NotFoundException($"No integration is called '{text}'. {Suggestion(all, text)}"),
            _ => throw new UsageException($"Several integrations are called '{text}'. Give the id."),
        };
    }

    public static async Task<Guid?> IntegrationOrAllAsync(
        this Session session,
        Option<string?> option,
        CancellationToken cancellationToken
    ) => session.Get(option) is { } text ? await session.IntegrationAsync(text, cancellationToken) : null;

    public static async Task<Guid> DeviceAsync(this Session session, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        var found = new List<DeviceSummary>();
        var first = new DeviceFilter { Search = text, Limit = Paging.MaxLimit };
        await foreach (var page in session.Client.Devices(first).PagesAsync(cancellationToken))
        {
            found.AddRange(page.Items.Where(device => Is(device.SerialNumber, text) || Is(device.FriendlyName, text)));
            if (found.Count > 1)
                break;
        }
        return found switch
        {
            [var one] => one.Id,
            [] => throw new NotFoundException(
                $"No device has the serial number or name '{text}'. Try `picket devices list --search`."
            ),
            _ => throw new UsageException(
                $"Several devices are called '{text}'. Take the serial number or id from `picket devices list --search`."
            ),
        };
    }

    public static Argument<string> UserArgument() => new("user") { Description = "Id or sign-in name of the user." };

    /// <summary>The enrolment user with exactly this sign-in name (letter case apart) or id.</summary>
    public static async Task<Guid> UserAsync(this Session session, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        var found = new List<UserView>();
        var first = new ListFilter { Search = text, Limit = Paging.MaxLimit };
        await foreach (var page in session.Client.Users(first).PagesAsync(cancellationToken))
        {
            found.AddRange(page.Items.Where(user => Is(user.UserName, text)));
            if (found.Count > 1)
                break;
        }
        return found switch
        {
            [var one] => one.Id,
            [] => throw new NotFoundException($"No user has the sign-in name '{text}'. Try `picket users --search`."),
            _ => throw new UsageException(
                $"Several users are called '{text}'. Take the id from `picket users -o json`."
            ),
        };
    }

    public static Argument<Guid> IdArgument(string name, string description) =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                if (!Guid.TryParse(result.Tokens[0].Value, out var id))
                    result.AddError(
                        $"'{result.Tokens[0].Value}' is not the id of a {name}; the list commands show ids."
                    );
                return id;
            },
        };

    public static Argument<string> FeedArgument() => new("feed") { Description = "Name or id of the feed." };

    public static async Task<Guid> FeedAsync(this Session session, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return id;
        await foreach (var feed in session.Client.Feeds().WithCancellation(cancellationToken))
        {
            if (string.Equals(feed.Name, text, StringComparison.OrdinalIgnoreCase))
                return feed.Id;
        }
        throw new NotFoundException($"No feed is called '{text}'. See `picket feeds list`.");
    }

    /// <summary>Where two names differ in letter case alone, the one that is written exactly so.</summary>
    private static List<T> Named<T>(IReadOnlyList<T> all, string? text, Func<T, string> name)
    {
        var exact = all.Where(each => name(each) == text).ToList();
        return exact.Count > 0 ? exact : [.. all.Where(each => Is(name(each), text))];
    }

    private static bool Is(string? name, string? text) => string.Equals(name, text, StringComparison.OrdinalIgnoreCase);

    private static string Suggestion(IReadOnlyList<IntegrationView> all, string text)
    {
        var near = all.Where(each => each.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return near.Count > 0 ? $"Names are given whole: {Names(near)}?" : "See `picket integrations list`.";
    }

    private static string Names(IEnumerable<IntegrationView> found) =>
        string.Join(", ", found.Select(each => $"'{each.Name}'"));
}

/// <summary>A name that the caller gave fits nothing.</summary>
internal sealed class NotFoundException(string message) : Exception(message);
