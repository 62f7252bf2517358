using System.Text;
using Picket.Api;
using Picket.Server.Tests.Intelligence;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.Server.Tests.Sync;

/// <summary>
/// Law 8, read from the files themselves: whatever Picket does with the apps on employees' own devices, their ids are in
/// clear nowhere in its data folder.
/// </summary>
public sealed class NoPersonalAppInClearTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_file_names_an_app_on_an_employees_device_after_a_sync_a_feed_a_hunt_and_evidence()
    {
        await using var scene = await SyncScene.StartAsync(new EmulatorOptions { Devices = 120 });
        var employees = Employees(scene);
        foreach (var device in employees)
        {
            scene.Uem.Fleet.Change(device.Id, had => had with { AddedApps = [SecretOf(device)] });
        }

        var corporate = scene.Uem.Fleet.All.First(device => device is { IsEnrolled: true, Ownership: "C" });
        scene.Uem.Fleet.Change(corporate.Id, had => had with { AddedApps = ["com.example.known.to.all"] });
        var secrets = employees.Select(SecretOf).ToList();

        await scene.RunAsync();
        await scene.JudgedAsync();
        await NothingInClearAsync(scene, secrets);

        await ImportAsync(scene);
        await scene.JudgedAsync();
        await scene.RunAsync();
        await scene.JudgedAsync();
        var pattern = await scene.Picket.Client.HuntAsync(HuntKind.AppPattern, "com.private.*", Cancel);
        var exact = await scene.Picket.Client.HuntAsync(HuntKind.App, "com.example.known.to.all", Cancel);
        await scene.Picket.Client.SaveHuntAsync(
            new SaveHunt("Private", HuntKind.AppPattern, "com.private.*", "Nobody", "To see that it finds nothing"),
            Cancel
        );
        foreach (var device in await scene.DevicesAsync())
        {
            await scene.Picket.Client.EvidenceAsync(device.Id, Cancel);
        }

        Assert.Equal((0, 1), (pattern.Now, exact.Now));
        Assert.True(pattern.UnansweredApps >= secrets.Count, $"{pattern}");
        await NothingInClearAsync(scene, secrets);
    }

    /// <summary>Enrolled ones whose apps the UEM tells.</summary>
    private static List<Device> Employees(SyncScene scene)
    {
        var open = scene
            .Uem.Groups.All.Where(group => !group.HidesPersonalApps)
            .Select(group => group.Index)
            .ToHashSet();
        return
        [
            .. scene.Uem.Fleet.All.Where(device =>
                device is { IsEnrolled: true, Ownership: "E", Platform: DevicePlatform.Android }
                && open.Contains(device.Group)
            ),
        ];
    }

    private static string SecretOf(Device device) => $"com.private.of.device{device.Id}.diary";

    /// <summary>A list that names none of them, and a pattern that fits them all.</summary>
    private static async Task ImportAsync(SyncScene scene)
    {
        const string Bundle = """
            {"type":"bundle","objects":[{"type":"indicator","id":"indicator--1","pattern":"[app:id LIKE 'com.private.of.%']","pattern_type":"stix"}]}
            """;
        await scene.Picket.Client.ImportFeedAsync(
            "pattern",
            new MemoryStream(Encoding.UTF8.GetBytes(Bundle)),
            cancellationToken: Cancel
        );
        await scene.Picket.Client.ImportFeedAsync(
            "list",
            FeedFiles.Stalkerware("com.example.on.no.device"),
            cancellationToken: Cancel
        );
    }

    /// <summary>Every file of the data folder, the database's journal among them, as bytes.</summary>
    private static async Task NothingInClearAsync(SyncScene scene, List<string> secrets)
    {
        Assert.NotEmpty(secrets);
        var files = Directory.GetFiles(scene.Picket.DataFolder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("picket.db", StringComparison.Ordinal));
        var all = 0L;
        foreach (var file in files.Where(file => !file.EndsWith("server.lock", StringComparison.Ordinal)))
        {
            await using var open = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes, Cancel);
            all += bytes.Length;
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
            {
                foreach (var secret in secrets)
                {
                    Assert.True(
                        bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(encoding.GetBytes(secret)) < 0,
                        $"{Path.GetFileName(file)} names {secret}"
                    );
                }
            }
        }

        Assert.True(all > 100_000, "The database was not read.");
    }
}
