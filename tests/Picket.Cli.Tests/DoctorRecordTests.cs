using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary><c>picket doctor --record FILE</c>.</summary>
public sealed class DoctorRecordTests : IDisposable
{
    private static readonly string Path_ = Routes.Fill(Routes.IntegrationDoctor, Samples.IntegrationId);
    private readonly string _folder = Directory.CreateTempSubdirectory("picket-record-").FullName;

    private string Capture => Path.Combine(_folder, "capture.json");

    [Fact]
    public async Task A_refused_doctor_leaves_no_file_that_would_block_the_next_try()
    {
        await using var stub = await PicketStub.StartAsync();
        stub.Refuse("POST", Path_, new Problem { Status = 409, Title = "Refused" });
        var refused = await RecordAsync(stub);
        var left = File.Exists(Capture);
        stub.Answer("POST", Path_, Samples.Doctor(CheckState.Pass));
        var again = await RecordAsync(stub);

        Assert.Equal(ExitCodes.Refused, refused.Code);
        Assert.False(left);
        Assert.Equal(ExitCodes.Ok, again.Code);
        Assert.Contains("The API key is of the kind Admin", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        await using var stub = await PicketStub.StartAsync();
        await File.WriteAllTextAsync(Capture, "mine", TestContext.Current.CancellationToken);

        var run = await RecordAsync(stub);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Equal("mine", await ReadAsync());
        Assert.Empty(stub.Requests);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> ReadAsync() => File.ReadAllTextAsync(Capture, TestContext.Current.CancellationToken);

    private Task<CliRun> RecordAsync(PicketStub stub) =>
        CliRun.AgainstAsync(stub, "doctor", Samples.IntegrationId.ToString(), "--record", Capture);
}
