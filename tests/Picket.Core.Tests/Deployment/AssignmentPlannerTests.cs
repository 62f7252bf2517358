using System.Text.Json;
using CsCheck;
using Picket.Core.Deployment;

namespace Picket.Core.Tests.Deployment;

public sealed class AssignmentPlannerTests
{
    private static readonly Guid Canary = Guid.Parse("5f1d1c4a-0000-4000-8000-000000000001");
    private static readonly Guid Everybody = Guid.Parse("5f1d1c4a-0000-4000-8000-000000000002");
    private static readonly string[] RingNames = ["canary", "10 percent", "half", "all"];

    /// <summary>Somebody else's row, with members that nobody knows and numbers that no type holds exactly.</summary>
    private static readonly Gen<string> ForeignRow = Gen.Select(
        Gen.Int[0, 5],
        Gen.String[Gen.Char['a', 'z'], 0, 8],
        Gen.Bool,
        (number, name, plain) =>
            $$$"""
                {"unheard_of":[{"deep":{{{number}}}.10000000000000000001,"ümlaut":"\u00e4{{{name}}}"},null],"priority":#,
                 "distribution":{{{(plain ? "{}" : Distribution(name, Everybody))}}},"tunnel":{}}
                """
    );

    private static readonly Gen<AssignmentList> Foreign = Gen.Select(ForeignRow.Array[0, 6], Gen.Bool)
        .Select(
            (rows, excludes) =>
                List(
                    [.. rows.Select((row, place) => row.Replace("#", $"{place}", StringComparison.Ordinal))],
                    excludes && rows.Length > 0
                        ? $$"""
                        ,"excluded_smart_groups":["{{Canary}}"],"application_msi_deployment_params":{"device_restart":1.0}
                        """
                        : ""
                )
        );

    private static readonly Gen<WantedAssignment[]> Wishes = Gen.Select(
            Gen.Int[0, 3],
            Gen.Bool,
            Gen.String[Gen.Char['a', 'z'], 0, 5]
        )
        .Array[0, 5]
        .Select(rows =>
            rows.DistinctBy(row => row.Item1)
                .Select(row =>
                    Wanted(RingNames[row.Item1], row.Item2 ? Delivery.Automatic : Delivery.OnDemand, row.Item3)
                )
                .ToArray()
        );

    [Fact]
    public void Leaves_what_is_foreign_exactly_as_it_was() =>
        Gen.Select(Foreign, Wishes, Wishes)
            .Sample(
                (before, first, second) =>
                {
                    var (once, owned) = Apply(before, [], first);
                    var (twice, all) = Apply(once, owned, second);

                    Assert.Equal(Texts(before.Rows), Texts(ForeignOf(once)));
                    Assert.Equal(Texts(before.Rows), Texts(ForeignOf(twice)));
                    Assert.Equal(Members(before), Members(twice));
                    Assert.Equal(second.Length, all.Count);
                    Assert.Equal(Enumerable.Range(0, twice.Rows.Count), twice.Rows.Select(row => row.Priority!.Value));
                }
            );

    [Fact]
    public void Undo_takes_back_exactly_what_was_added() =>
        Gen.Select(Foreign, Wishes)
            .Sample(
                (before, wishes) =>
                {
                    var (after, owned) = Apply(before, [], wishes);

                    var (undone, _) = Apply(after, owned, []);

                    Assert.True(before.IsSame(undone));
                    Assert.Equal(Texts(before.Rows), Texts(undone.Rows));
                }
            );

    [Fact]
    public void Has_nothing_to_do_once_it_is_done() =>
        Gen.Select(Foreign, Wishes)
            .Sample(
                (before, wishes) =>
                {
                    var (after, owned) = Apply(before, [], wishes);

                    Assert.IsType<AssignmentPlan.Nothing>(AssignmentPlanner.Plan(after, owned, wishes));
                }
            );

    [Fact]
    public void An_administrators_row_after_ours_moves_up_and_stays_otherwise_the_same()
    {
        var (after, owned) = Apply(List([]), [], [Wanted("canary")]);
        var theirs = List([
            after.Rows[0].Json.GetRawText(),
            """{"priority":1,"x":7,"distribution":{"name":"Theirs"}}""",
        ]);

        var undone = Assert.IsType<AssignmentPlan.Send>(AssignmentPlanner.Undo(theirs, owned));

        var row = Assert.Single(undone.ToSend.Rows);
        Assert.Equal("""{"priority":0,"x":7,"distribution":{"name":"Theirs"}}""", row.Json.GetRawText());
    }

    [Fact]
    public void Says_which_assignments_come_and_change_and_go()
    {
        var (after, owned) = Apply(List([]), [], [Wanted("canary"), Wanted("half")]);

        var plan = Assert.IsType<AssignmentPlan.Send>(
            AssignmentPlanner.Plan(after, owned, [Wanted("canary", Delivery.OnDemand), Wanted("all")])
        );

        Assert.Equal([Name("all")], plan.Added);
        Assert.Equal([Name("canary")], plan.Changed);
        Assert.Equal([Name("half")], plan.Removed);
    }

    [Fact]
    public void Names_an_assignment_that_comes_before_ours_for_the_same_people()
    {
        var theirs = List(["""{"priority":0,"distribution":""" + Distribution("By hand", Canary) + "}"]);

        var plan = Assert.IsType<AssignmentPlan.Send>(AssignmentPlanner.Plan(theirs, [], [Wanted("canary")]));

        Assert.Equal(new Shadow(Name("canary"), "By hand", Canary), Assert.Single(plan.Shadowed));
    }

    [Fact]
    public void Plans_anew_when_somebody_changed_what_is_theirs_and_stops_when_it_is_ours()
    {
        const string foreign = """{"priority":0,"distribution":{"name":"Theirs"}}""";
        var (read, owned) = Apply(List([foreign]), [], [Wanted("canary")]);
        var plan = Assert.IsType<AssignmentPlan.Send>(
            AssignmentPlanner.Plan(read, owned, [Wanted("canary"), Wanted("all")])
        );
        var ours = read.Rows[1].Json.GetRawText();

        Assert.Equal(AssignmentCheck.Send, Check(foreign, ours));
        Assert.Equal(AssignmentCheck.Replan, Check(foreign.Replace("Theirs", "Mine", StringComparison.Ordinal), ours));
        Assert.Equal(
            AssignmentCheck.Replan,
            Check(ours.Replace("\"priority\":1", "\"priority\":0", StringComparison.Ordinal))
        );
        Assert.Equal(AssignmentCheck.Stop, Check(foreign, ours.Replace("AUTO", "ON_DEMAND", StringComparison.Ordinal)));
        Assert.Equal(AssignmentCheck.Stop, Check(foreign));

        AssignmentCheck Check(params string[] now) => AssignmentPlanner.Check(plan, List(now), owned);
    }

    [Fact]
    public void Stops_before_anything_is_sent_when_ours_was_touched_since_it_was_made()
    {
        var (after, owned) = Apply(List([]), [], [Wanted("canary")]);
        var row = after.Rows[0].Json.GetRawText();
        var changed = row.Replace("AUTO", "ON_DEMAND", StringComparison.Ordinal);

        Assert.Contains("changed", Reason(List([changed]), owned), StringComparison.Ordinal);
        Assert.Contains("removed", Reason(List([]), owned), StringComparison.Ordinal);
        Assert.Contains("2 assignments", Reason(List([row, row]), owned), StringComparison.Ordinal);
        Assert.Contains("did not make", Reason(List([row]), []), StringComparison.Ordinal);

        static string Reason(AssignmentList now, IReadOnlyCollection<OwnedAssignment> owned) =>
            Assert.IsType<AssignmentPlan.Stop>(AssignmentPlanner.Plan(now, owned, [Wanted("canary")])).Reason;
    }

    [Fact]
    public void One_that_was_sent_to_go_may_be_gone_and_may_not_be_changed()
    {
        var (now, owned) = Apply(List([]), [], [Wanted("canary")]);
        OwnedAssignment[] leaving = [owned[0] with { Leaving = true }];
        var changed = List([now.Rows[0].Json.GetRawText().Replace("AUTO", "ON_DEMAND", StringComparison.Ordinal)]);

        Assert.IsType<AssignmentPlan.Stop>(AssignmentPlanner.Undo(List([]), owned));
        Assert.IsType<AssignmentPlan.Nothing>(AssignmentPlanner.Undo(List([]), leaving));
        Assert.IsType<AssignmentPlan.Send>(AssignmentPlanner.Undo(now, leaving));
        Assert.IsType<AssignmentPlan.Stop>(AssignmentPlanner.Undo(changed, leaving));
    }

    [Fact]
    public void Settles_a_lost_answer_by_what_is_there()
    {
        const string foreign = """{"priority":0,"distribution":{"name":"Theirs"}}""";
        WantedAssignment[] wanted = [Wanted("canary"), Wanted("all")];
        var read = List([foreign]);
        var plan = Assert.IsType<AssignmentPlan.Send>(AssignmentPlanner.Plan(read, [], wanted));
        OwnedAssignment[] pending = [.. wanted.Select(want => new OwnedAssignment(want.Name, null))];
        var sent = plan.ToSend.Rows.Select(row => row.Json.GetRawText()).ToArray();

        // The UEM adds members of its own and gives lists in its own order.
        var told = sent[1]
            .Replace("\"priority\"", "\"is_dynamic_template_saved\":false,\"priority\"", StringComparison.Ordinal);
        Assert.Equal(AssignmentReadBack.Done, Back(foreign, told, sent[2]));
        Assert.Equal(AssignmentReadBack.NotDone, Back(foreign));
        Assert.Equal(AssignmentReadBack.NotDone, Back());
        Assert.Equal(AssignmentReadBack.ForeignChanged, Back(told, sent[2]));
        Assert.Equal(AssignmentReadBack.Mixed, Back(foreign, sent[1]));
        Assert.Equal(
            AssignmentReadBack.Mixed,
            Back(foreign, sent[1], sent[2].Replace("AUTO", "X", StringComparison.Ordinal))
        );

        // It is pending, so a plan adopts what is there instead of making it twice.
        Assert.IsType<AssignmentPlan.Nothing>(AssignmentPlanner.Plan(plan.ToSend, pending, wanted));

        AssignmentReadBack Back(params string[] now) => AssignmentPlanner.ReadBack(plan, List(now), pending, wanted);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"assignments":null}""")]
    public void Takes_no_answer_without_a_list_for_an_empty_list(string body) =>
        Assert.Throws<FormatException>(() => AssignmentList.Read(Json(body)));

    [Fact]
    public void Keeps_the_name_on_one_line_and_short()
    {
        Assert.Equal("Picket: Guard for Android canary", WantedAssignment.NameOf(" Guard\nfor  Android", "canary"));
        Assert.InRange(WantedAssignment.NameOf(new string('x', 500), new string('y', 500)).Length, 1, 130);
    }

    private static WantedAssignment Wanted(string ring, Delivery delivery = Delivery.Automatic, string value = "x") =>
        new(Name(ring), [Canary, Everybody])
        {
            Delivery = delivery,
            Configuration = value.Length == 0 ? [] : [new("ServerUrl", ConfigurationType.Text, value)],
        };

    private static string Name(string ring) => WantedAssignment.NameOf("Guard", ring);

    private static (AssignmentList After, IReadOnlyList<OwnedAssignment> Owned) Apply(
        AssignmentList before,
        IReadOnlyCollection<OwnedAssignment> owned,
        IReadOnlyList<WantedAssignment> wanted
    )
    {
        var after = AssignmentPlanner.Plan(before, owned, wanted) switch
        {
            AssignmentPlan.Send send => AssignmentList.Read(send.ToSend.ToJson()),
            AssignmentPlan.Nothing nothing => nothing.Current,
            AssignmentPlan.Stop stop => throw new InvalidOperationException(stop.Reason),
            _ => throw new InvalidOperationException(),
        };
        return (
            after,
            [
                .. wanted.Select(want => new OwnedAssignment(
                    want.Name,
                    after.Rows.Single(row => row.Name == want.Name).Json
                )),
            ]
        );
    }

    private static IEnumerable<AssignmentRow> ForeignOf(AssignmentList list) =>
        list.Rows.Where(row => row.Name?.StartsWith("Picket: ", StringComparison.Ordinal) is not true);

    private static IEnumerable<string> Texts(IEnumerable<AssignmentRow> rows) =>
        rows.Select(row => JsonSerializer.Serialize(row.Json));

    private static IEnumerable<string> Members(AssignmentList list) =>
        list.Others.Select(member => $"{member.Key}={JsonSerializer.Serialize(member.Value)}");

    private static string Distribution(string name, Guid group) =>
        $$"""{"name":"{{name}}","smart_groups":["{{group}}"]}""";

    private static AssignmentList List(string[] rows, string others = "") =>
        AssignmentList.Read(Json($$"""{"assignments":[{{string.Join(',', rows)}}]{{others}}}"""));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
