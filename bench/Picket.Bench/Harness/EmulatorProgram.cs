using System.Net.Http.Json;
using System.Text.Json;

namespace Picket.Bench.Harness;

/// <summary>The emulator as a program of its own. It takes its part of the same cores.</summary>
internal sealed class EmulatorProgram : IAsyncDisposable
{
    private readonly ChildProgram child;
    private readonly HttpClient control;

    private EmulatorProgram(ChildProgram child, EmulatorSite site, int devices)
    {
        (this.child, Site, Devices) = (child, site, devices);
        control = new HttpClient(Raw.RawPages.Handler(site.CaFile))
        {
            BaseAddress = new Uri(site.ControlAddress + "/"),
        };
        control.DefaultRequestHeaders.Add("X-Emulator-Control", site.ControlToken);
    }

    public EmulatorSite Site { get; }
    public int Devices { get; }

    /// <summary>Its largest resident set since the start, in megabytes.</summary>
    public double PeakMegabytes() => child.PeakMegabytes();

    public int Pages => (Devices + 499) / 500;

    public static async Task<EmulatorProgram> StartAsync(string folder, int devices, int latency = 0)
    {
        var child = ChildProgram.Start(
            Repository.Program("Picket.WorkspaceOne.Emulator"),
            [
                .. (string[])["--devices", $"{devices}", "--latency", $"{latency}", "--seed", "7", "--control"],
                .. (string[])
                    ["--data", Directory.CreateDirectory(Path.Combine(folder, $"uem-{devices}-{latency}")).FullName],
            ]
        );
        try
        {
            var site = JsonSerializer.Deserialize<EmulatorSite>(
                await child.FirstLineAsync(),
                JsonSerializerOptions.Web
            )!;
            return new EmulatorProgram(child, site, devices);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public async Task<EmulatorState> StateAsync() =>
        (await control.GetFromJsonAsync<EmulatorState>("state", JsonSerializerOptions.Web))!;

    /// <summary>The calls from a number on, as the emulator saw them.</summary>
    public async Task<IReadOnlyList<EmulatorRequest>> RequestsAsync(long since) =>
        (await control.GetFromJsonAsync<List<EmulatorRequest>>($"requests?since={since}", JsonSerializerOptions.Web))!;

    /// <summary>A device is reported as compromised from now on.</summary>
    public async Task CompromiseAsync(int device)
    {
        using var answer = await control.PostAsJsonAsync($"devices/{device}", new { Compromised = true });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await child.DisposeAsync();
    }
}

/// <summary>The emulator's first line, as far as it is needed here.</summary>
internal sealed record EmulatorSite(
    string Address,
    string CaFile,
    string OrganizationGroupCode,
    string ApiKey,
    string Account,
    string Password,
    string ControlToken,
    string ControlAddress,
    string ConsoleAccount,
    string ConsolePassword
);

internal sealed record EmulatorState(long Calls, IReadOnlyDictionary<string, long> CallsByRoute, int QuotaUsed);

internal sealed record EmulatorRequest(
    long Number,
    DateTimeOffset At,
    string Method,
    string Path,
    string Query,
    int Status
);
