using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>About one administrator for 500 devices, from a handful at the top to one per department.</summary>
internal static class Administrators
{
    private const int FirstId = 52_001;

    private static readonly string[] Roles =
    [
        "Console Administrator",
        "AirWatch Administrator",
        "Device Manager",
        "Help Desk",
        "Read Only",
    ];

    public static IEnumerable<Administrator> Of(ulong seed, SeededIds ids, OrganizationTree tree, int devices)
    {
        for (var index = 0; index < Math.Max(4, devices / 500); index++)
        {
            var dice = new Dice(seed, (ulong)ThingKind.Administrator, index);
            var (first, last) = PersonNames.Of(dice);
            var name = string.Create(CultureInfo.InvariantCulture, $"adm.{first}.{last}{index}").ToLowerInvariant();
            var group = index < 3 || dice.Chance(2, 150) ? tree.Customer.Index : dice.Below(3, tree.Count);
            var role = index == 0 ? Roles[0] : Roles[dice.Weighted(4, [25, 10, 30, 25, 10])];
            yield return new Administrator(
                index,
                FirstId + index,
                ids.Uuid(ThingKind.Administrator, index),
                name,
                first,
                last,
                name + "@example.com",
                group,
                role
            );
        }
    }
}
