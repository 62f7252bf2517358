using System.Text;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Enrollment;

/// <summary>Files as nobody should send them, and as spreadsheets do.</summary>
public sealed class HostileImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_what_spreadsheets_write()
    {
        await using var scene = await ImportScene.StartAsync(read: false);
        byte[][] files =
        [
            Encoding.UTF8.GetBytes("\uFEFFUser Name;First-Name\r\n\"e.noether\";\"Emmy; \"\"E.\"\"\"\r\n"),
            Encoding.UTF8.GetBytes("sep=;\r\nuser_name;first_name\r\ne.noether;Emmy\r\n;\r\n"),
            Encoding.UTF8.GetBytes("user_name\tfirst_name\ne.noether\tEmmy\n\n\n"),
            [
                .. Encoding.Unicode.GetPreamble(),
                .. Encoding.Unicode.GetBytes("user_name\tfirst_name\r\ne.noether\tEmmy"),
            ],
        ];

        foreach (var file in files)
        {
            var check = await scene.CheckAsync(ImportKind.Users, file);

            Assert.True(check.State == ImportState.Checked, string.Join("\n", check.Reasons));
            Assert.Equal((1, 1), (check.Lines, check.Creates));
            Assert.Equal("e.noether", (await scene.LinesAsync(check.Id))[0].Subject);
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("user_name,first_name\r\n", "no line with a value")]
    [InlineData("user_name,password\r\na,b", "Passwords are not taken")]
    [InlineData("user_name,shoe_size\r\na,b", "no column of this kind")]
    [InlineData("first_name\r\nEmmy", "lacks this column")]
    [InlineData("user_name,user name\r\na,b", "this column twice")]
    public async Task Refuses_a_file_whose_beginning_is_wrong_and_keeps_nothing_of_it(string file, string why)
    {
        await using var scene = await ImportScene.StartAsync(read: false);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.CheckAsync(ImportKind.Users, Encoding.UTF8.GetBytes(file))
        );

        Assert.Equal(422, (int)refused.Status);
        Assert.Contains(why, refused.Problem.Detail);
        Assert.Empty(await scene.Client.Imports().ToListAsync(Cancel));
    }

    [Fact]
    public async Task Names_the_line_where_the_encoding_is_wrong()
    {
        await using var scene = await ImportScene.StartAsync(read: false);
        byte[] file = [.. "user_name,last_name\r\na,b\r\nc,M"u8, 0xFC, .. "ller\r\n"u8];

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.CheckAsync(ImportKind.Users, file));

        Assert.Contains("not UTF-8 at line 3", refused.Problem.Detail);
        Assert.Empty(await scene.Client.Imports().ToListAsync(Cancel));
    }

    [Fact]
    public async Task Refuses_more_lines_than_an_import_may_have()
    {
        await using var scene = await ImportScene.StartAsync(read: false);
        var file = new StringBuilder("user_name\n");
        for (var n = 0; n <= 100_000; n++)
        {
            file.Append('u').Append(n).Append('\n');
        }

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.CheckAsync(ImportKind.Users, Encoding.UTF8.GetBytes(file.ToString()))
        );

        Assert.Equal(413, (int)refused.Status);
        Assert.Empty(await scene.Client.Imports().ToListAsync(Cancel));
    }

    [Fact]
    public async Task Keeps_to_the_integrations_own_groups_and_users()
    {
        await using var scene = await ImportScene.StartAsync(read: false);
        var above = scene.Uem.OrganizationGroup;
        var own = scene.Uem.Groups.All.First(group => group.ParentIndex == above.Index);
        await scene.NarrowAsync(own);

        var check = await scene.CheckAsync(
            ImportKind.Users,
            "user_name,organization_group",
            $"e.noether,{above.GroupId}",
            $"l.meitner,{own.Name.ToUpperInvariant()}",
            "h.poincare,No such group"
        );

        var lines = await scene.LinesAsync(check.Id);
        Assert.Equal([ImportStep.Refused, ImportStep.Create, ImportStep.Refused], lines.Select(line => line.Step));
        await scene.StartAsync(check.Id);
        Assert.Equal(own.Index, scene.Uem.Users.Single(user => user.UserName == "l.meitner").Group);
    }

    [Fact]
    public async Task A_large_import_needs_somebody_who_may_approve()
    {
        await using var scene = await ImportScene.StartAsync();
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));
        var check = await scene.CheckAsync(
            ImportKind.Users,
            ["user_name", .. Enumerable.Range(1, 201).Select(n => $"trial.{n:000}")]
        );
        Assert.True(check.NeedsApproval);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            analyst.Client.StartImportAsync(check.Id, Cancel)
        );

        Assert.Equal(403, (int)refused.Status);
        Assert.Empty(scene.Users("trial."));
    }

    [Fact]
    public async Task A_retry_that_would_write_far_more_than_was_left_waits_for_somebody_who_may_approve()
    {
        await using var scene = await ImportScene.StartAsync();
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, null));
        var check = await scene.CheckAsync(
            ImportKind.Devices,
            [
                "user_name,serial_number",
                $"{scene.Uem.UserNames.First()},NEW-000",
                .. Enumerable.Range(1, 201).Select(n => $"e.noether,NEW-{n:000}"),
            ]
        );
        Assert.Equal((1, 201), (check.Creates, check.Refused));
        scene.Uem.Faults = FaultScript.Of(
            new FaultRule
            {
                Path = "/registerdevice",
                Times = 1,
                Action = FaultAction.Status,
                Status = 400,
            }
        );
        await analyst.Client.StartImportAsync(check.Id, Cancel);
        Assert.Equal(1, (await scene.EndAsync(check.Id)).Failed);
        var user = await scene.CheckAsync(ImportKind.Users, "user_name", "e.noether");
        await scene.StartAsync(user.Id);

        await analyst.Client.RetryImportAsync(check.Id, Cancel);
        var held = await scene.EndAsync(check.Id);

        Assert.Equal((ImportState.Checked, 202, true), (held.State, held.Waiting, held.NeedsApproval));
        Assert.Contains("202 lines", Assert.Single(held.Reasons));
        Assert.Empty(scene.Uem.AnnouncedDevices);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            analyst.Client.StartImportAsync(check.Id, Cancel)
        );
        Assert.Equal(403, (int)refused.Status);
        Assert.Equal(202, (await scene.StartAsync(check.Id)).Done);
    }
}
