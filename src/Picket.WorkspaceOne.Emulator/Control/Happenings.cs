using System.Globalization;
using System.Text.Json;
using Picket.WorkspaceOne.Emulator.Commands;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.WorkspaceOne.Emulator.Control;

/// <summary>"Device 17 becomes compromised."</summary>
/// <param name="Device">
/// A device's id, uuid or serial number; a number below the first id counts the devices of the fleet from 1.
/// </param>
/// <param name="What">One of <see cref="Happenings.Known"/>.</param>
/// <param name="With">What some need: an app, a group, a name, a release.</param>
internal sealed record Happening(JsonElement Device, string What, string? With);

/// <summary>Things that can be made to happen to a device.</summary>
internal static class Happenings
{
    private delegate Device Change(Device device, string with, DateTime now);

    private static readonly Dictionary<string, Change> Changes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["compromised"] = (device, _, _) => device with { Compromised = true },
        ["mended"] = (device, _, _) => device with { Compromised = false },
        ["encrypted"] = (device, _, _) => device with { Encrypted = true },
        ["decrypted"] = (device, _, _) => device with { Encrypted = false },
        ["setsPasscode"] = (device, _, _) => device with { Passcode = true },
        ["losesPasscode"] = (device, _, _) => device with { Passcode = false },
        ["installs"] = (device, app, _) =>
            device with
            {
                AddedApps = [.. device.AddedApps.Except([app]), app],
                RemovedApps = [.. device.RemovedApps.Except([app])],
            },
        ["removes"] = (device, app, _) =>
            device with
            {
                AddedApps = [.. device.AddedApps.Except([app])],
                RemovedApps = [.. device.RemovedApps.Except([app]), app],
            },
        ["updates"] = (device, _, _) => CommandEffects.Updated(device),
        ["enrolls"] = (device, _, now) => CommandEffects.Enrolled(device, now),
        ["unenrolls"] = (device, _, now) => CommandEffects.Unenrolled(device, now),
        ["falls silent"] = (device, _, now) => device with { SilentSince = now },
        ["reports again"] = (device, _, now) => device with { SilentSince = null, ReportedAt = now },
        ["renamed"] = (device, name, _) => device with { FriendlyName = name },
    };

    private static readonly string[] NeedWith = ["installs", "removes", "renamed", "moves"];

    public static IEnumerable<string> Known => [.. Changes.Keys, "moves", "checks in", "deleted"];

    public static object Happen(Uem uem, Happening happening)
    {
        var device = Find(uem.Tenant.Fleet, happening.Device.ToString());
        var with = happening.With ?? "";
        if (with.Length == 0 && NeedWith.Contains(happening.What, StringComparer.OrdinalIgnoreCase))
        {
            throw new FormatException($"'{happening.What}' needs 'with': an app, a group or a name.");
        }

        switch (happening.What.ToUpperInvariant())
        {
            case "DELETED":
                uem.Tenant.Fleet.Remove(device);
                break;
            case "CHECKS IN":
                uem.Life.CheckIn(device);
                break;
            case "MOVES":
                var group =
                    uem.Tenant.Tree.Find(with)
                    ?? throw new KeyNotFoundException($"There is no organization group {with}.");
                uem.Tenant.Fleet.Change(device.Id, had => had with { Group = group.Index });
                break;
            default:
                Make(uem, device, happening.What, with);
                break;
        }

        return new
        {
            device.Id,
            device.Uuid,
            device.FriendlyName,
        };
    }

    public static Device Find(DeviceFleet fleet, string text)
    {
        Device? found = null;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            found = fleet.ById(number) ?? fleet.ByPosition(number);
        }
        else if (Guid.TryParse(text, out var uuid))
        {
            found = fleet.ByUuid(uuid);
        }

        return found
            ?? fleet.ByAlternate(AlternateKind.SerialNumber, text)
            ?? throw new KeyNotFoundException($"There is no device {text}.");
    }

    private static void Make(Uem uem, Device device, string what, string with)
    {
        if (!Changes.TryGetValue(what, out var change))
        {
            throw new FormatException($"'{what}' cannot be made to happen. What can: {string.Join(", ", Known)}.");
        }

        var now = uem.Clock.GetUtcNow().UtcDateTime;
        uem.Tenant.Fleet.Change(device.Id, had => change(had, with, now));
        uem.Life.Settle();
    }
}
