using System.Diagnostics;
using System.Text.Json;

namespace Picket.WorkspaceOne.Emulator.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Prints_how_to_reach_it_as_the_first_line_and_ends_when_told()
    {
        var folder = Directory.CreateTempSubdirectory("picket-test-").FullName;
        using var process = Process.Start(
            new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    typeof(EmulatorHost).Assembly.Location,
                    "--devices",
                    "20",
                    "--control",
                    "--data",
                    folder,
                    "--account",
                    "given.name",
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            using var first = JsonDocument.Parse(line!);
            var root = first.RootElement;
            Assert.EndsWith("/API", root.GetProperty("address").GetString());
            Assert.True(File.Exists(root.GetProperty("caFile").GetString()));
            Assert.Equal(570, root.GetProperty("organizationGroup").GetInt32());
            Assert.Equal("given.name", root.GetProperty("account").GetString());
            Assert.All(
                ["apiKey", "password", "controlToken"],
                name => Assert.NotEmpty(root.GetProperty(name).GetString()!)
            );
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }
}
