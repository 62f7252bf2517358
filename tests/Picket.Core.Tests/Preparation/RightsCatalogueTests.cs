using Picket.Core.Preparation;

namespace Picket.Core.Tests.Preparation;

/// <summary>The catalogue is Table 1 of the preparation page, and what tagging needs beside it: no row less, none more.</summary>
public sealed class RightsCatalogueTests
{
    private static readonly (string Path, RightAccess Access)[] TableOne =
    [
        .. Read("Accounts > Administrators > Admin Groups"),
        .. Both("Accounts > Users > Accounts > Add Device", "Accounts > Users > Accounts > Batch Import"),
        .. Read("Accounts > Users > Accounts > User Detail", "Accounts > Users > User Groups", "Settings > System"),
        .. Both("API > REST > Admins", "API > REST > Apps", "API > REST > Devices", "API > REST > Groups"),
        .. Both("API > REST > Smart Groups", "API > REST > Users", "API > REST > User Groups"),
        .. Both("Apps & Books > Application Publish", "Apps & Books > Public Apps"),
        .. Both("Apps & Books > Purchased Applications"),
        ("Device Management > Device Details > Enterprise Wipe", RightAccess.Edit),
    ];

    private static readonly (string Path, RightAccess Access)[] Tagging =
    [
        .. Both("Settings > Tags"),
        ("Device Management > Bulk Management", RightAccess.Edit),
    ];

    [Fact]
    public void Holds_the_rows_of_table_1_and_no_others() =>
        Assert.Equal(TableOne.Order(), Rows(row => row.Feature != PicketFeature.Tagging));

    [Fact]
    public void Adds_what_tagging_needs_and_nothing_else() =>
        Assert.Equal(Tagging.Order(), Rows(row => row.Feature == PicketFeature.Tagging));

    [Fact]
    public void Names_each_row_once() =>
        Assert.Equal(RightsCatalogue.Rows.Count, RightsCatalogue.Rows.Select(row => row.Id).Distinct().Count());

    private static IEnumerable<(string Path, RightAccess Access)> Rows(Func<RightRow, bool> wanted) =>
        RightsCatalogue.Rows.Where(wanted).Select(row => (row.ConsolePath, row.Access)).Order();

    private static IEnumerable<(string Path, RightAccess Access)> Read(params string[] paths) =>
        paths.Select(path => (path, RightAccess.Read));

    private static IEnumerable<(string Path, RightAccess Access)> Both(params string[] paths) =>
        paths.SelectMany(path => new[] { (path, RightAccess.Read), (path, RightAccess.Edit) });
}
