using System.Text;
using Picket.Api;
using Picket.Server.Tests.Storage;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Server.Tests.Enrollment;

/// <summary>From a file to what the UEM has, with a dry run in between. The UEM's own truth decides.</summary>
public sealed class ImportStoryTests(TestPostgres postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Says_of_each_line_what_would_become_of_it_and_writes_nothing_before_somebody_starts_it(
        string kind
    )
    {
        await using var scene = await ImportScene.StartAsync(await SettingsAsync(kind));
        var there = scene.Uem.Users.First();
        scene.Uem.RequestLog.Clear();

        var check = await scene.CheckAsync(
            ImportKind.Users,
            "user_name;first_name;last_name;email",
            "e.noether;Emmy;Noether;e.noether@example.com",
            $"{there.UserName};{there.FirstName};{there.LastName};{there.Email}",
            $"{there.UserName.ToUpperInvariant()};{there.FirstName};Somebody;{there.Email}",
            "h.poincare;=Henri;Poincaré;nowhere",
            ";;;",
            "l.meitner;Lise;Meitner;l.meitner@example.com"
        );

        Assert.True(check.State == ImportState.Checked, string.Join("\n", check.Reasons));
        Assert.Equal((5, 2, 0, 1, 2), (check.Lines, check.Creates, check.Changes, check.AlreadyThere, check.Refused));
        Assert.Equal(0, scene.Writes);
        var lines = await scene.LinesAsync(check.Id);
        Assert.Equal(
            [
                (2, ImportStep.Create),
                (3, ImportStep.AlreadyThere),
                (4, ImportStep.Refused),
                (5, ImportStep.Refused),
                (7, ImportStep.Create),
            ],
            lines.Select(line => (line.Line, line.Step))
        );
        Assert.Contains("Line 3 says otherwise", Assert.Single(lines[2].Notes).Text);
        Assert.Equal(["first_name", "email"], lines[3].Notes.Select(note => note.Column));

        var ended = await scene.StartAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal((2, 0, 0, 0), (ended.Done, ended.Failed, ended.Unclear, ended.Waiting));
        Assert.Equal(2, scene.Writes);
        Assert.Equal(scene.Uem.RequestLog.Entries.Count(call => call.Path.Contains("/users/")), ended.UemCalls);
        var made = scene.Uem.Users.Single(user => user.UserName == "e.noether");
        Assert.Equal(
            ("Emmy", "Noether", scene.Uem.OrganizationGroup.Index),
            (made.FirstName, made.LastName, made.Group)
        );
        Assert.Equal(made.Id, (await scene.LinesAsync(check.Id))[0].UemId);
        Assert.Equal(["CreateUser Confirmed 1", "CreateUser Confirmed 1"], await scene.LedgerAsync(check.Id));
    }

    [Fact]
    public async Task Changes_only_what_the_file_says_otherwise()
    {
        await using var scene = await ImportScene.StartAsync();
        var there = scene.Uem.Users.First();

        var check = await scene.CheckAsync(ImportKind.Users, "user_name,last_name", $"{there.UserName},Noether");

        Assert.Equal(1, check.Changes);
        Assert.Equal($"{there.LastName} → Noether", (await scene.LinesAsync(check.Id))[0].Notes.Single().Text);
        var ended = await scene.StartAsync(check.Id);
        Assert.Equal((ImportState.Completed, 1), (ended.State, ended.Done));
        var now = scene.Uem.Users.Single(user => user.Id == there.Id);
        Assert.Equal(
            (there.FirstName, "Noether", there.Email, there.Group),
            (now.FirstName, now.LastName, now.Email, now.Group)
        );
        Assert.Equal(["ChangeUser Confirmed 1"], await scene.LedgerAsync(check.Id));
    }

    [Fact]
    public async Task Has_nothing_to_do_the_second_time()
    {
        await using var scene = await ImportScene.StartAsync();
        string[] file = ["user_name,first_name", "e.noether,Emmy", "l.meitner,Lise"];
        await scene.StartAsync((await scene.CheckAsync(ImportKind.Users, file)).Id);
        scene.Uem.RequestLog.Clear();

        var again = await scene.CheckAsync(ImportKind.Users, file);

        Assert.Equal(2, again.AlreadyThere);
        var refused = await Assert.ThrowsAsync<PicketApiException>(() => scene.StartAsync(again.Id));
        Assert.Equal(409, (int)refused.Status);
        Assert.Equal(0, scene.Writes);
    }

    [Fact]
    public async Task Announces_devices_for_users_who_are_there()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = scene.Uem.Users.First().UserName;
        var enrolled = scene.Uem.Fleet.All.First();

        var check = await scene.CheckAsync(
            ImportKind.Devices,
            "user_name,serial_number,friendly_name,platform,ownership",
            $"{user},NEW-1,The new phone,iOS,corporate",
            $"nobody.at.all,NEW-2,,,",
            $"{user},{enrolled.SerialNumber},,,",
            $"{user},,A tablet,Android,employee"
        );
        var ended = await scene.StartAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        var lines = await scene.LinesAsync(check.Id);
        Assert.Equal(ImportLineState.Done, lines[0].State);
        Assert.Contains("no such user", Assert.Single(lines[1].Notes).Text);
        Assert.NotEqual(ImportStep.Create, lines[2].Step);
        Assert.Equal("serial_number", Assert.Single(lines[3].Notes).Column);
        Assert.Equal([("NEW-1", user)], scene.Uem.AnnouncedDevices);
        Assert.Equal(["RegisterDevice Confirmed 1"], await scene.LedgerAsync(check.Id));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Knows_an_enrolled_device_in_whatever_letter_case_the_file_has_it(string kind)
    {
        await using var scene = await ImportScene.StartAsync(await SettingsAsync(kind));
        var user = scene.Uem.UserNames.First();
        var device = scene.Uem.Fleet.All.First(each => each.IsEnrolled && each.SerialNumber.Any(char.IsAsciiLetter));
        var other = scene.Uem.Fleet.All.First(each =>
            each.IsEnrolled && each.Id != device.Id && each.Udid.Any(char.IsAsciiLetter)
        );

        var check = await scene.CheckAsync(
            ImportKind.Devices,
            "user_name,serial_number,udid",
            $"{user},{device.SerialNumber.ToLowerInvariant()},",
            $"{user},,{Swapped(other.Udid)}"
        );

        Assert.Equal(0, check.Creates);
        Assert.All(await scene.LinesAsync(check.Id), line => Assert.Contains("enrolled for", line.Notes[0].Text));

        static string Swapped(string text) =>
            string.Concat(
                text.Select(each => char.IsUpper(each) ? char.ToLowerInvariant(each) : char.ToUpperInvariant(each))
            );
    }

    [Fact]
    public async Task Makes_a_custom_group_once_and_fills_it()
    {
        await using var scene = await ImportScene.StartAsync();
        var users = scene.Uem.UserNames.Take(3).ToList();

        var check = await scene.CheckAsync(
            ImportKind.GroupMembers,
            ["group,user_name", .. users.Select(user => $"Phone trial,{user}")]
        );
        Assert.True(
            check.Creates == 3,
            string.Join("\n", (await scene.LinesAsync(check.Id)).SelectMany(line => line.Notes))
        );
        var ended = await scene.StartAsync(check.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal(users.Order(), Assert.Single(scene.Uem.CustomGroups("Phone trial")).Order());
        Assert.Equal(
            ["CreateUserGroup Confirmed 1", .. Enumerable.Repeat("AddToUserGroup Confirmed 1", 3)],
            await scene.LedgerAsync(check.Id)
        );
        var again = await scene.CheckAsync(ImportKind.GroupMembers, "group,user_name", $"phone TRIAL,{users[0]}");
        Assert.Equal(1, again.AlreadyThere);
    }

    [Fact]
    public async Task Registers_one_device_by_the_same_rules()
    {
        await using var scene = await ImportScene.StartAsync();
        var user = scene.Uem.UserNames.First();

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.Client.RegisterDeviceAsync(
                scene.Integration,
                new RegisterDevice
                {
                    UserName = user,
                    Imei = "12",
                    Platform = "Symbian",
                },
                Cancel
            )
        );
        Assert.Equal(422, (int)refused.Status);
        Assert.Equal(["imei", "platform", "serialNumber"], refused.Problem.Errors!.Keys.Order());

        var taken = await scene.Client.RegisterDeviceAsync(
            scene.Integration,
            new RegisterDevice
            {
                UserName = user,
                SerialNumber = "ONE-1",
                FriendlyName = "By hand",
            },
            Cancel
        );
        var ended = await scene.EndAsync(taken.Id);

        Assert.True(ended.State == ImportState.Completed, string.Join("\n", ended.Reasons));
        Assert.Equal([("ONE-1", user)], scene.Uem.AnnouncedDevices);
    }

    [Fact]
    public async Task Hands_out_a_result_file_that_no_spreadsheet_runs()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, "user_name", "e.noether", "-cmd|' /C calc'!A0");
        await scene.StartAsync(check.Id);

        using var file = new MemoryStream();
        await scene.Client.ImportResultAsync(check.Id, file, Cancel);

        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("\uFEFF\"Line\",\"What\"", lines[0]);
        Assert.StartsWith("\"2\",\"e.noether\",\"Create\",\"Done\"", lines[1]);
        Assert.StartsWith("\"3\",\"\",\"Refused\",\"\",\"user_name: It begins with -", lines[2]);
    }

    [Theory]
    [InlineData(ImportKind.Users)]
    [InlineData(ImportKind.Devices)]
    [InlineData(ImportKind.GroupMembers)]
    public async Task Gives_a_template_whose_header_it_takes(ImportKind kind)
    {
        await using var scene = await ImportScene.StartAsync(read: false);

        var template = await scene.Client.ImportTemplateAsync(kind, Cancel);

        var refused = await Assert.ThrowsAsync<PicketApiException>(() =>
            scene.CheckAsync(kind, Encoding.UTF8.GetBytes(template))
        );
        Assert.Contains("no line with a value", refused.Problem.Detail);
    }

    [Fact]
    public async Task Forgets_the_lines_with_the_import_and_keeps_the_ledger()
    {
        await using var scene = await ImportScene.StartAsync();
        var check = await scene.CheckAsync(ImportKind.Users, "user_name", "e.noether");
        await scene.StartAsync(check.Id);

        await scene.Client.RemoveImportAsync(check.Id, Cancel);

        var gone = await Assert.ThrowsAsync<PicketApiException>(() => scene.Client.ImportAsync(check.Id, Cancel));
        Assert.Equal(404, (int)gone.Status);
        var write = Assert.Single(await scene.WritesAsync(check.Id));
        Assert.DoesNotContain("noether", write.Subject);
    }

    private async Task<Dictionary<string, string?>> SettingsAsync(string kind) =>
        kind == "postgres" ? new() { ["Storage:Postgres"] = await postgres.NewDatabaseAsync(Cancel) } : [];
}
