using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class TaggingSettingsTests
{
    private static readonly TaggingSettings Shown = new("https://uem/API", 7, [1, 2], [3], "Picket: ", 500, false);

    [Fact]
    public void Finds_no_change_where_there_is_none() =>
        Assert.Empty(Shown.ChangedTo(Shown with { ExcludedGroups = [2, 1], SmartGroups = [3] }));

    [Fact]
    public void Names_each_setting_that_changed()
    {
        Assert.Equal(["the UEM's address"], Shown.ChangedTo(Shown with { Address = "https://other/API" }));
        Assert.Equal(["the organization group"], Shown.ChangedTo(Shown with { Group = 8 }));
        Assert.Equal(["the scope"], Shown.ChangedTo(Shown with { ExcludedGroups = [1] }));
        Assert.Equal(["the scope"], Shown.ChangedTo(Shown with { SmartGroups = [] }));
        Assert.Equal(["the tag prefix"], Shown.ChangedTo(Shown with { Prefix = "Other: " }));
        Assert.Equal(["the batch size"], Shown.ChangedTo(Shown with { BatchSize = 10 }));
        Assert.Equal(["whether Unknown is tagged"], Shown.ChangedTo(Shown with { TagUnknown = true }));
    }

    [Fact]
    public void Tells_another_fleet_from_other_tags_of_the_same()
    {
        Assert.Empty(Shown.FleetChangedTo(Shown with { Prefix = "Other: ", BatchSize = 1, TagUnknown = true }));
        Assert.NotEmpty(Shown.FleetChangedTo(Shown with { Group = 8 }));
    }
}
