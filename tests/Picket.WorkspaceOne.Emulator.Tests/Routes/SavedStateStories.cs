using Picket.WorkspaceOne.Emulator.Tests.Facts;

namespace Picket.WorkspaceOne.Emulator.Tests.Routes;

/// <summary>What callers made by API is there again when a saved state is loaded.</summary>
public sealed class SavedStateStories
{
    private static readonly EmulatorOptions Options = Scene.Frozen with { Role = "Console Administrator" };

    [Fact]
    public async Task Gives_back_what_was_made_by_API()
    {
        var folder = Directory.CreateTempSubdirectory("picket-test-").FullName;
        var file = Path.Combine(folder, "state.json");
        try
        {
            IReadOnlyList<string> before;
            await using (var first = await Visitor.ComeAsync(Options))
            {
                await MakeAsync(first);
                before = await LookAsync(first);
                var saved = first.Host.SaveState();
                await File.WriteAllTextAsync(file, saved, TestContext.Current.CancellationToken);
            }

            await using var second = await Visitor.ComeAsync(Options with { State = file });
            Assert.Equal(before, await LookAsync(second));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MakeAsync(Visitor visitor)
    {
        var device = visitor.Host.Fleet.All.First();
        var attribute = new
        {
            name = "risk",
            value = "low",
            applicationGroup = "picket",
        };
        var app = new { Name = "Bad", BundleId = "com.example.bad" };
        var person = new
        {
            UserName = "ada.new",
            FirstName = "A",
            LastName = "N",
            Email = "a@example.com",
            Password = "Long-enough-1",
        };
        await visitor.ReadAsync("POST", "system/users/adduser", person);
        await visitor.ReadAsync("POST", "system/usergroups/createcustomusergroup", new { GroupName = "Pilots" });
        await visitor.ReadAsync("POST", "mdm/smartgroups", new { Name = "Mine", Platforms = new[] { "Android" } });
        await visitor.ReadAsync(
            "PUT",
            $"mdm/devices/{device.Id}/customattributes",
            new { CustomAttributes = new[] { attribute } }
        );
        await visitor.SendAsync("POST", "system/users/400001/registerdevice", new { SerialNumber = "ADA0001" });
        await visitor.ReadAsync(
            "POST",
            "mam/apps/public",
            new
            {
                ApplicationName = "Guard",
                BundleId = "com.example.guard",
                Platform = 5,
            }
        );
        await visitor.ReadAsync(
            "POST",
            "mam/apps/appgroups",
            new
            {
                Name = "Denied",
                AppGroupType = "Blacklist",
                Platform = "Android",
                Applications = new[] { app },
            }
        );
        await visitor.SendAsync("DELETE", "mdm/profiles/1301");
    }

    private static async Task<IReadOnlyList<string>> LookAsync(Visitor visitor)
    {
        var seen = new List<string>();
        foreach (
            var path in new[]
            {
                "system/users/search?username=ada.new",
                "system/usergroups/search?groupname=Pilots",
                "mdm/smartgroups/search?name=Mine",
                "mdm/devices/customattribute/search",
                "system/users/registereddevices/search",
                "mam/apps/search?bundleid=com.example.guard",
                "mam/apps/appgroups/search",
                "mdm/profiles/search",
            }
        )
        {
            seen.Add((await visitor.ReadAsync(path)).GetRawText());
        }

        return seen;
    }
}
