using System.CommandLine;
using Picket.Api;

namespace Picket.Cli;

/// <summary>Finds what an argument names: people know names, the server knows ids.</summary>
internal static class Targets
{
    public static Argument<string?> IntegrationArgument() =>
        new("integration")
        {
            Description = "Name or id of the integration; may be left out while there is only one.",
            Arity = ArgumentArity.ZeroOrOne,
        };

    public static Option<string?> IntegrationOption() =>
        new("--integration") { Description = "Only this integration (name or id).", HelpName = "NAME" };

    public static Argument<string> DeviceArgument() =>
        new("device") { Description = "Id, serial number or friendly name of the device." };

    public static async Task<Guid> IntegrationAsync(
        this Session session,
        string? text,
        CancellationToken cancellationToken
    )
    {
        if (Guid.TryParse(text, out var id))
            return id;
        var found = new List<IntegrationView>();
        await foreach (
            var each in session.Client.Integrations(new ListFilter(Search: text)).WithCancellation(cancellationToken)
        )
            found.Add(each);
        var exact = found.Where(each => string.Equals(each.Name, text, StringComparison.OrdinalIgnoreCase)).ToList();
        return (text, exact, found) switch
        {
            (not null, [var one], _) => one.Id,
            (_, _, [var only]) => only.Id,
            (null, _, []) => throw new UsageException(
                "There is no integration yet. Make one with `picket integrations add`."
            ),
            (null, _, _) => throw new UsageException($"Name one integration: {Names(found)}."),
            (_, _, []) => throw new NotFoundException(
                $"No integration is called '{text}'. See `picket integrations list`."
            ),
            _ => throw new UsageException(
                $"'{text}' fits several integrations: {Names(found)}. Give the whole name or the id."
            ),
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
        var page = await session.Client.Devices(new DeviceFilter(Search: text, Limit: 50)).PageAsync(cancellationToken);
        var exact = page.Items.Where(device =>
            string.Equals(device.SerialNumber, text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(device.FriendlyName, text, StringComparison.OrdinalIgnoreCase)
        );
        return (exact.ToList(), page.Items) switch
        {
            ([var one], _) => one.Id,
            ([], [var only]) => only.Id,
            ([], []) => throw new NotFoundException($"No device fits '{text}'. Try `picket devices list --search`."),
            _ => throw new UsageException(
                $"'{text}' fits several devices. Take the id from `picket devices list --search`."
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

    private static string Names(IEnumerable<IntegrationView> found) =>
        string.Join(", ", found.Select(each => $"'{each.Name}'"));
}

/// <summary>A name that the caller gave fits nothing.</summary>
internal sealed class NotFoundException(string message) : Exception(message);
