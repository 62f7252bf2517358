using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Apps whose file goes up in chunks.</summary>
public sealed class InternalAppTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sends_a_file_up_makes_an_app_of_it_and_retires_it()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var told = new Progress();

        var transaction = await client.InternalApps.UploadAsync(
            new MemoryStream(new byte[2_500]),
            2_500,
            1_000,
            told,
            Cancel
        );
        var made = await client.InternalApps.BeginInstallAsync(Forms(uem, transaction), Cancel);

        Assert.Equal([1_000, 2_000, 2_500], told.Sent);
        Assert.Equal(3, uem.Host.RequestLog.Count("POST mam/apps/internal/uploadchunk"));
        var read = await client.InternalApps.GetAsync(made.Id, Cancel);
        Assert.Equal(
            ("Forms", "com.example.forms", "4.1", "Active"),
            (read.Name, read.BundleId, read.Version, read.Status)
        );
        uem.LoseAnswer("/retire");
        await client.InternalApps.RetireAsync(made.Id, cancellationToken: Cancel);
        Assert.Equal("Retired", (await client.InternalApps.GetAsync(made.Id, Cancel)).Status);
        await client.InternalApps.RetireAsync(made.Id, retired: false, Cancel);
        await client.InternalApps.SwitchAsync(made.Id, active: false, Cancel);
        Assert.Equal("Inactive", (await client.InternalApps.GetAsync(made.Id, Cancel)).Status);
        await client.InternalApps.SwitchAsync(made.Id, active: true, Cancel);
        await client.InternalApps.DeleteAsync(made.Id, Cancel);
        await Assert.ThrowsAsync<NotFoundException>(() => client.InternalApps.GetAsync(made.Id, Cancel));
    }

    [Fact]
    public async Task Never_makes_an_app_twice_when_the_answer_is_lost()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var transaction = await client.InternalApps.UploadAsync(
            new MemoryStream(new byte[10]),
            10,
            cancellationToken: Cancel
        );
        uem.LoseAnswer("begininstall");

        await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
            client.InternalApps.BeginInstallAsync(Forms(uem, transaction), Cancel)
        );

        Assert.Single(
            (await client.Apps.Search(CatalogueKind.Internal, "com.example.forms").ReadAllAsync(Cancel)).Items
        );
        Assert.Equal(1, uem.Host.RequestLog.Count("POST mam/apps/internal/begininstall"));
    }

    [Fact]
    public async Task Says_that_an_upload_broke_off_and_that_nothing_was_made()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        uem.Break(
            new FaultRule
            {
                Action = FaultAction.LoseAnswer,
                Path = "uploadchunk",
                From = 2,
                Times = 1,
            }
        );

        var broken = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.InternalApps.UploadAsync(new MemoryStream(new byte[30]), 30, 10, cancellationToken: Cancel)
        );

        Assert.Contains("after 10 bytes; nothing was made", broken.Reason, StringComparison.Ordinal);
        Assert.Equal(2, uem.Host.RequestLog.Count("POST mam/apps/internal/uploadchunk"));
        await Assert.ThrowsAsync<EndOfStreamException>(() =>
            client.InternalApps.UploadAsync(new MemoryStream(new byte[5]), 30, 10, cancellationToken: Cancel)
        );
    }

    [Fact]
    public async Task Holds_one_chunk_at_a_time_however_large_the_file()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        const int chunk = 256 * 1024;
        using var file = new Zeros(64 * chunk);

        _ = await client.InternalApps.UploadAsync(file, file.Length, chunk, cancellationToken: Cancel);

        Assert.Equal(64, uem.Host.RequestLog.Count("POST mam/apps/internal/uploadchunk"));
        Assert.Equal(chunk, file.LargestRead);
    }

    [Fact]
    public async Task Names_an_upload_that_is_not_there_and_a_version_that_is()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.InternalApps.BeginInstallAsync(Forms(uem, "no such upload"), Cancel)
        );

        await client.InternalApps.BeginInstallAsync(Forms(uem, await UploadAsync()), Cancel);
        await Assert.ThrowsAsync<AlreadyThereException>(async () =>
            await client.InternalApps.BeginInstallAsync(Forms(uem, await UploadAsync()), Cancel)
        );

        Task<string> UploadAsync() =>
            client.InternalApps.UploadAsync(new MemoryStream(new byte[10]), 10, cancellationToken: Cancel);
    }

    private static NewInternalApp Forms(Uem uem, string transaction) =>
        new(transaction, "Forms", 5, "forms.apk")
        {
            BundleId = "com.example.forms",
            Version = "4.1",
            Models = [(5, "Android")],
            OrganizationGroupId = uem.Group,
        };

    private sealed class Progress : IProgress<UploadProgress>
    {
        public List<long> Sent { get; } = [];

        public void Report(UploadProgress value) => Sent.Add(value.Sent);
    }

    /// <summary>A file that nobody has to hold.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long at;

        public int LargestRead { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            LargestRead = Math.Max(LargestRead, count);
            var read = (int)Math.Min(count, length - at);
            buffer.AsSpan(offset, read).Clear();
            at += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
