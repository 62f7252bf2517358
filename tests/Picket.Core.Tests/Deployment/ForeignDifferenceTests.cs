using System.Text.Json;
using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class ForeignDifferenceTests
{
    [Fact]
    public void Names_what_came_went_and_looks_otherwise_and_nothing_of_ours()
    {
        var before = List(Row(0, "goes"), Row(1, "stays"), Row(2, "changes"), Row(3, "ours"));
        var after = List(Row(0, "comes"), Row(1, "stays"), Row(2, "changes", "ON_DEMAND"), Row(3, "ours", "ON_DEMAND"));

        var found = ForeignDifference.Between(before, after, ["ours"]);

        Assert.Equal(["comes"], found.Added);
        Assert.Equal(["goes"], found.Removed);
        Assert.Equal(["changes"], found.Changed);
        Assert.False(found.Rest);
    }

    /// <summary>An assignment before them moves all the others: that is no change of theirs.</summary>
    [Fact]
    public void A_place_that_moved_is_told_only_where_nothing_else_changed()
    {
        var before = List(Row(0, "one"), Row(1, "two"));

        var inserted = ForeignDifference.Between(before, List(Row(0, "new"), Row(1, "one"), Row(2, "two")), []);
        var turned = ForeignDifference.Between(before, List(Row(0, "two"), Row(1, "one")), []);

        Assert.Equal(["new"], inserted.Added);
        Assert.Empty(inserted.Changed);
        Assert.False(inserted.Rest);
        Assert.Empty(turned.Added.Concat(turned.Removed).Concat(turned.Changed));
        Assert.True(turned.Rest);
    }

    [Fact]
    public void What_stands_beside_the_assignments_counts_and_the_same_is_nothing()
    {
        var plain = List(Row(0, "one"));
        var excludes = AssignmentList.Read(
            Json(
                $$"""{"assignments":[{{Row(0, "one")}}],"excluded_smart_groups":["5f1d1c4a-0000-4000-8000-000000000001"]}"""
            )
        );

        Assert.True(ForeignDifference.Between(plain, excludes, []).Rest);
        Assert.False(ForeignDifference.Between(plain, plain, []).Rest);
    }

    private static string Row(int priority, string name, string delivery = "AUTO") =>
        $$$"""{"priority":{{{priority}}},"distribution":{"name":"{{{name}}}","app_delivery_method":"{{{delivery}}}"}}""";

    private static AssignmentList List(params string[] rows) =>
        AssignmentList.Read(Json($$"""{"assignments":[{{string.Join(',', rows)}}]}"""));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
