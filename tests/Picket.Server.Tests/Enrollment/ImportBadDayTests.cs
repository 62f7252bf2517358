using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Tests.Response;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Enrollment;

/// <summary>What goes wrong in the middle of an import: no line is lost, and none is sent twice on one word.</summary>
public sealed class ImportBadDayTests
{
    private const int Lines = 24;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string[] File =>
        ["user_name,first_name", .. Enumerable.Range(1, Lines).Select(n => $"trial.{n:00},Person {n}")];

    [Fact]
    public async Task A_lost_answer_is_settled_by_looking_and_never_by_sending_again()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, File);
        scene.Uem.RequestLog.Clear();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adduser",
                From = 5,
                Times = 2,
                Action = FaultAction.LoseAnswer,
            }
        );

        var ended = await scene.StartAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal(Lines, ended.Done);
        Assert.Equal(Lines, scene.Users("trial.").Count);
        Assert.Equal(Lines, scene.Writes);
        Assert.All(await scene.LedgerAsync(check.Id), write => Assert.Equal("CreateUser Confirmed 1", write));
        Assert.All(await scene.LinesAsync(check.Id), line => Assert.NotNull(line.UemId));
    }

    [Fact]
    public async Task What_may_have_been_sent_and_is_not_there_waits_for_a_person()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, File);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adduser",
                From = 3,
                Times = 1,
                Action = FaultAction.Reset,
            }
        );

        var ended = await scene.StartAsync(check.Id);

        Assert.Equal((ImportState.Incomplete, 1, Lines - 1), (ended.State, ended.Unclear, ended.Done));
        var line = Assert.Single(
            await scene.LinesAsync(check.Id, new ImportLineFilter { State = ImportLineState.Unclear })
        );
        Assert.Contains("does not show it", Assert.Single(line.Notes).Text);
        Assert.DoesNotContain("trial.03", scene.Users("trial."));

        var again = await scene.RetryAsync(check.Id);

        Assert.Equal((ImportState.Completed, Lines), (again.State, again.Done));
        Assert.Equal(Lines, scene.Users("trial.").Count);
        Assert.All(await scene.LedgerAsync(check.Id), write => Assert.EndsWith(" 1", write));
    }

    [Fact]
    public async Task A_missing_right_is_named_and_the_rest_goes_on_when_it_was_granted()
    {
        await using var scene = await ImportScene.StartAsync();
        scene.Revoke(Rows.AddDevice);
        var user = scene.Uem.UserNames.First();
        var check = await scene.CheckAsync(
            ImportKind.Devices,
            "user_name,serial_number",
            $"{user},NEW-1",
            $"{user},NEW-2"
        );

        var ended = await scene.StartAsync(check.Id);

        Assert.Equal((ImportState.Incomplete, 2), (ended.State, ended.Waiting));
        Assert.Contains("Add Device (Edit)", Assert.Single(ended.Reasons));
        scene.Grant(Rows.AddDevice);
        var again = await scene.RetryAsync(check.Id);
        Assert.True(again.State == ImportState.Completed, string.Join("\n", again.Reasons));
        Assert.Equal(["NEW-1", "NEW-2"], scene.Uem.AnnouncedDevices.Select(device => device.SerialNumber).Order());
    }

    [Fact]
    public async Task Waits_for_a_UEM_that_is_away_and_goes_on_by_itself()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, File);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/users/",
                Action = FaultAction.Status,
                Status = 503,
            }
        );
        await scene.Client.StartImportAsync(check.Id, Cancel);
        var waiting = await TagScene.UntilAsync(
            () => scene.Client.ImportAsync(check.Id, Cancel),
            view => view.GoesOnAt is not null
        );
        Assert.NotEmpty(waiting.Reasons);

        scene.Uem.Faults = new FaultScript();
        var ended = await scene.EndAsync(check.Id);

        // A server that breaks over a call may have done it: what was tried is looked for, and waits for a person.
        Assert.Equal(Lines, ended.Done + ended.Unclear);
        Assert.InRange(ended.Unclear, 0, 6);
        var again = ended.Unclear > 0 ? await scene.RetryAsync(check.Id) : ended;
        Assert.Equal((ImportState.Completed, Lines), (again.State, scene.Users("trial.").Count));
    }

    [Fact]
    public async Task Says_when_it_goes_on_while_the_UEM_asks_for_patience_and_can_be_cancelled()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, File);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adduser",
                From = 4,
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = 3600,
            }
        );
        await scene.Client.StartImportAsync(check.Id, Cancel);

        var waiting = await TagScene.UntilAsync(
            () => scene.Client.ImportAsync(check.Id, Cancel),
            view => view.GoesOnAt is not null
        );

        Assert.Equal((ImportState.Queued, 3, Lines - 3), (waiting.State, waiting.Done, waiting.Waiting));
        await scene.Client.CancelImportAsync(check.Id, Cancel);
        var ended = await scene.EndAsync(check.Id);
        Assert.Equal((ImportState.Cancelled, 3), (ended.State, ended.Done));
        Assert.Equal(3, scene.Users("trial.").Count);
    }

    [Fact]
    public async Task Stops_before_the_next_line_when_it_is_switched_off()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, File);
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/adduser",
                From = 2,
                Action = FaultAction.Slow,
                Milliseconds = 700,
            }
        );
        await scene.Client.StartImportAsync(check.Id, Cancel);
        await TagScene.UntilAsync(() => Task.FromResult(scene.Uem.FaultHits[0]), hits => hits > 0);
        await using (var db = scene.Picket.OpenDatabase())
        {
            await db.Integrations.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.EnrollmentEnabled, false),
                Cancel
            );
        }

        var ended = await scene.EndAsync(check.Id);

        Assert.Equal(ImportState.Incomplete, ended.State);
        Assert.Contains("is off", Assert.Single(ended.Reasons));
        Assert.Equal(ended.Done, scene.Users("trial.").Count);
        Assert.InRange(ended.Done, 2, 3);
    }

    [Fact]
    public async Task Says_that_a_name_is_taken_by_somebody_out_of_reach()
    {
        await using var scene = await ImportScene.StartAsync(read: false);
        var own = scene.Uem.Groups.All.First(group => group.ParentIndex == scene.Uem.OrganizationGroup.Index);
        await scene.NarrowAsync(own);
        var elsewhere = scene.Uem.Users.First(user => !scene.Uem.Groups.IsWithin(user.Group, own.Index));

        var check = await scene.CheckAsync(ImportKind.Users, "user_name", elsewhere.UserName);
        var ended = await scene.StartAsync(check.Id);

        Assert.Equal((ImportState.Incomplete, 1), (ended.State, ended.Failed));
        Assert.Contains("out of the account's reach", (await scene.LinesAsync(check.Id))[0].Notes.Single().Text);
        await using var db = scene.Picket.OpenDatabase();
        var entry = await db.Ledger.SingleAsync(row => row.ImportId == check.Id, Cancel);
        Assert.Equal((400, 7), (entry.HttpStatus, entry.ErrorCode));
        Assert.Contains("The UEM answered 400/7", entry.Error);
        Assert.DoesNotContain(elsewhere.UserName, entry.Error!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_group_whose_making_is_not_clear_is_not_made_again_by_itself()
    {
        await using var scene = await ImportScene.StartAsync();
        var users = scene.Uem.UserNames.Take(2).ToList();
        var check = await scene.CheckAsync(
            ImportKind.GroupMembers,
            ["group,user_name", .. users.Select(user => $"Phone trial,{user}")]
        );
        scene.Uem.RequestLog.Clear();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/createcustomusergroup",
                Times = 1,
                Action = FaultAction.Reset,
            }
        );

        var ended = await scene.StartAsync(check.Id);

        Assert.Equal((ImportState.Incomplete, 2), (ended.State, ended.Failed));
        Assert.Empty(scene.Uem.CustomGroups("Phone trial"));
        var again = await scene.RetryAsync(check.Id);
        Assert.True(again.State == ImportState.Completed, string.Join("\n", again.Reasons));
        Assert.Equal(users.Order(), Assert.Single(scene.Uem.CustomGroups("Phone trial")).Order());
    }

    [Fact]
    public async Task A_group_whose_making_has_to_wait_is_made_when_the_import_goes_on()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = scene.Uem.UserNames.First();
        var check = await scene.CheckAsync(ImportKind.GroupMembers, "group,user_name", $"Phone trial,{user}");
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/createcustomusergroup",
                Times = 1,
                Action = FaultAction.Status,
                Status = 429,
                RetryAfter = 3600,
            }
        );
        await scene.Client.StartImportAsync(check.Id, Cancel);
        await TagScene.UntilAsync(() => scene.Client.ImportAsync(check.Id, Cancel), view => view.GoesOnAt is not null);

        await scene.Picket.RestartAsync(); // A new process knows nothing of the UEM's hour, and this one is over.
        await using (var db = scene.Picket.OpenDatabase())
        {
            var now = TimeProvider.System.GetUtcNow();
            await db.Imports.ExecuteUpdateAsync(set => set.SetProperty(row => row.GoesOnAt, now), Cancel);
        }

        var ended = await scene.EndAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal([user], Assert.Single(scene.Uem.CustomGroups("Phone trial")));
        Assert.Equal(
            ["CreateUserGroup Failed 1", "CreateUserGroup Confirmed 1", "AddToUserGroup Confirmed 1"],
            await scene.LedgerAsync(check.Id)
        );
    }

    [Fact]
    public async Task A_group_that_the_UEM_refuses_is_asked_for_once_and_stands_in_no_others_way()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = scene.Uem.UserNames.First();
        var check = await scene.CheckAsync(
            ImportKind.GroupMembers,
            "group,user_name",
            $"Refused,{user}",
            $"REFUSED,{scene.Uem.UserNames.Last()}",
            $"Phone trial,{user}"
        );
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/createcustomusergroup",
                Times = 1,
                Action = FaultAction.Status,
                Status = 400,
            }
        );

        var ended = await scene.StartAsync(check.Id);

        Assert.Equal((ImportState.Incomplete, 2, 1), (ended.State, ended.Failed, ended.Done));
        Assert.All(
            await scene.LinesAsync(check.Id, new ImportLineFilter { State = ImportLineState.Failed }),
            line => Assert.Contains("did not make the group", Assert.Single(line.Notes).Text)
        );
        Assert.Single(scene.Uem.CustomGroups("Phone trial"));
        Assert.Empty(scene.Uem.CustomGroups("Refused"));

        var again = await scene.RetryAsync(check.Id);

        Assert.True(again.State == ImportState.Completed, string.Join("\n", again.Reasons));
        Assert.Equal(2, Assert.Single(scene.Uem.CustomGroups("Refused")).Count);
    }

    /// <summary>Numbers are not read: that names and address are so already says nothing about one.</summary>
    [Theory]
    [InlineData(FaultAction.Reset)]
    [InlineData(FaultAction.LoseAnswer)]
    public async Task A_number_whose_change_was_lost_is_said_again(FaultAction fault)
    {
        await using var scene = await ImportScene.StartAsync(new() { ["Uem:MaxRetries"] = "0" });
        var there = scene.Uem.Users.First();
        var check = await scene.CheckAsync(
            ImportKind.Users,
            "user_name,last_name,mobile_number",
            $"{there.UserName},{there.LastName},+49 171 5550100"
        );
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/update",
                Times = 1,
                Action = fault,
            }
        );

        var ended = await scene.StartAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal("+49 171 5550100", scene.Uem.Users.Single(user => user.Id == there.Id).MobileNumber);
        Assert.Equal(["ChangeUser Confirmed 2"], await scene.LedgerAsync(check.Id));
    }

    [Theory]
    [InlineData(FaultAction.Status)]
    [InlineData(FaultAction.Reset)]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.Truncate)]
    [InlineData(FaultAction.Html)]
    [InlineData(FaultAction.Nothing)]
    [InlineData(FaultAction.LyingTotal)]
    [InlineData(FaultAction.MoveRows)]
    [InlineData(FaultAction.Duplicate)]
    [InlineData(FaultAction.Omit)]
    public async Task Every_kind_of_fault_leaves_each_line_done_once_or_told_to_a_person(FaultAction action)
    {
        await using var scene = await ImportScene.StartAsync();
        var users = scene.Uem.UserNames.ToList();
        var check = await scene.CheckAsync(
            ImportKind.Devices,
            ["user_name,serial_number", .. Enumerable.Range(1, Lines).Select(n => $"{users[n % 9]},NEW-{n:00}")]
        );
        scene.Uem.RequestLog.Clear();
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/system/users",
                PerMille = 300,
                Times = 20,
                Action = action,
            }
        );

        var view = await scene.StartAsync(check.Id);
        for (var word = 0; word < 30 && view.State != ImportState.Completed; word++)
        {
            Assert.True(view.Failed + view.Unclear + view.Waiting > 0, string.Join("\n", view.Reasons));
            view = await scene.RetryAsync(check.Id);
        }

        Assert.True(view.State == ImportState.Completed, string.Join("\n", view.Reasons));
        Assert.Equal(
            Enumerable.Range(1, Lines).Select(n => $"NEW-{n:00}"),
            scene.Uem.AnnouncedDevices.Select(device => device.SerialNumber).Order()
        );
        Assert.All(await scene.LedgerAsync(check.Id), write => Assert.EndsWith(" 1", write));
    }
}
