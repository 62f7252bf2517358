using System.Net;
using System.Net.Http.Headers;
using Picket.Api;
using Picket.Core.Identity;
using Picket.Server.Tests.People;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Emulator.Faults;

namespace Picket.Server.Tests.Deployment;

/// <summary>Internal apps: a file that streams through to the UEM, its versions, and how one is retired.</summary>
public sealed class CatalogueUploadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_up_in_chunks_and_its_app_can_be_published()
    {
        await using var scene = await PublicationScene.StartAsync();

        var made = await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish());

        Assert.False(made.WasSo);
        Assert.Equal(4, CatalogueTests.Sent(scene, "uploadchunk"));
        Assert.Equal(1, CatalogueTests.Sent(scene, "begininstall"));
        Assert.Equal(
            ["UploadApp Confirmed 1 com.example.ledger 1.0 (Android)"],
            await CatalogueTests.LedgerAsync(scene)
        );
        Assert.Equal(made.App.Id, Assert.Single(await InUemAsync(scene)).Id);

        var started = await scene.StartedAsync(
            PublicationScene.Wish() with
            {
                BundleId = null,
                AppUuid = made.App.Uuid,
                Configuration = [],
            }
        );
        await scene.WatchingAsync(started.Id);
    }

    [Fact]
    public async Task A_version_that_is_there_is_not_sent_and_the_others_are_named()
    {
        await using var scene = await PublicationScene.StartAsync();
        await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish("1.0"));

        var second = await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish("2.0"));
        scene.Uem.RequestLog.Clear();
        var again = await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish("1.0"));

        Assert.Equal(["1.0", "2.0"], second.Versions.Select(app => app.Version).Order());
        Assert.True(again.WasSo);
        Assert.Equal("1.0", again.App.Version);
        Assert.Equal(0, CatalogueTests.Sent(scene, "internal"));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_makes_nothing()
    {
        await using var scene = await PublicationScene.StartAsync();
        CatalogueTests.Break(scene, "uploadchunk", FaultAction.LoseAnswer, from: 2);

        var refused = await CatalogueTests.RefusedAsync(() =>
            CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish())
        );

        Assert.Equal(HttpStatusCode.BadGateway, refused.Status);
        Assert.Contains("nothing was made", refused.Problem.Detail);
        Assert.Empty(await InUemAsync(scene));
        Assert.Empty(await CatalogueTests.LedgerAsync(scene));
        Assert.False((await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish())).WasSo);
    }

    [Fact]
    public async Task A_sender_who_breaks_off_makes_nothing()
    {
        await using var scene = await PublicationScene.StartAsync();
        using var file = new BrokenFile(CatalogueUploads.Bytes / 2);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            scene.Client.UploadAppAsync(scene.Integration, CatalogueUploads.Wish(), file, Cancel)
        );

        Assert.Equal(0, CatalogueTests.Sent(scene, "begininstall"));
        Assert.Empty(await InUemAsync(scene));
        Assert.Empty(await CatalogueTests.LedgerAsync(scene));
    }

    [Theory]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.CrashAfter)]
    public async Task A_lost_answer_is_settled_by_looking_for_the_version(FaultAction fault)
    {
        await using var scene = await PublicationScene.StartAsync();
        CatalogueTests.Break(scene, "begininstall", fault);

        var made = await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish());

        Assert.Equal(made.App.Id, Assert.Single(await InUemAsync(scene)).Id);
        Assert.StartsWith("UploadApp Confirmed 1", Assert.Single(await CatalogueTests.LedgerAsync(scene)));
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_of_unknown_length_is_refused_before_it_is_read()
    {
        await using var scene = await PublicationScene.StartAsync(new() { ["Deployment:MostUploadMebibytes"] = "1" });

        var large = await CatalogueTests.RefusedAsync(() => CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish()));
        using var body = new ByteArrayContent([]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var empty = await scene.Picket.Http.PostAsync(
            new Uri(
                $"{Routes.Fill(Routes.CatalogueUpload, scene.Integration)}?name=Ledger&bundleId=a.b&version=1&platform=Android&fileName=a.apk",
                UriKind.Relative
            ),
            body,
            Cancel
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.Status);
        Assert.Equal(HttpStatusCode.LengthRequired, empty.StatusCode);
        Assert.Equal(0, CatalogueTests.Sent(scene, "uploadchunk"));
    }

    [Fact]
    public async Task Carrying_assignments_over_needs_the_right_to_approve()
    {
        await using var scene = await PublicationScene.StartAsync();
        using var analyst = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Analyst, scene.Integration));
        var wish = CatalogueUploads.Wish() with { CarryOver = true };

        var refused = await CatalogueTests.RefusedAsync(() => CatalogueUploads.SendAsync(scene, wish, analyst.Client));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.False((await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish(), analyst.Client)).WasSo);
    }

    [Fact]
    public async Task A_version_is_retired_and_brought_back()
    {
        await using var scene = await PublicationScene.StartAsync();
        using var approver = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Approver, scene.Integration));
        var made = await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish());

        var retired = await approver.Client.RetireAppAsync(scene.Integration, made.App.Id, cancellationToken: Cancel);
        var again = await approver.Client.RetireAppAsync(scene.Integration, made.App.Id, cancellationToken: Cancel);

        Assert.Equal((false, true), (retired.WasSo, again.WasSo));
        Assert.Equal(CatalogueAppStatus.Retired, retired.App.Status);
        Assert.Equal("Retired", Assert.Single(await InUemAsync(scene)).Status);

        var back = await approver.Client.UnretireAppAsync(scene.Integration, made.App.Id, Cancel);

        Assert.Equal(CatalogueAppStatus.Active, back.App.Status);
        Assert.Equal("Active", Assert.Single(await InUemAsync(scene)).Status);
        Assert.Equal(
            ["RetireApp Confirmed 1", "UnretireApp Confirmed 1"],
            (await CatalogueTests.LedgerAsync(scene)).Skip(1).Select(entry => string.Join(' ', entry.Split(' ')[..3]))
        );
        var missing = await CatalogueTests.RefusedAsync(() =>
            approver.Client.RetireAppAsync(scene.Integration, scene.App.Id, cancellationToken: Cancel)
        );
        Assert.Equal(HttpStatusCode.NotFound, missing.Status); // A store app is not retired.
    }

    [Theory]
    [InlineData(FaultAction.LoseAnswer)]
    [InlineData(FaultAction.CrashAfter)]
    public async Task A_lost_answer_of_retiring_is_settled_by_reading_back(FaultAction fault)
    {
        await using var scene = await PublicationScene.StartAsync();
        using var approver = await Colleague.JoinAsync(scene.Picket, new Grant(Role.Approver, scene.Integration));
        var made = await CatalogueUploads.SendAsync(scene, CatalogueUploads.Wish());
        CatalogueTests.Break(scene, "/retire", fault);

        var retired = await approver.Client.RetireAppAsync(scene.Integration, made.App.Id, cancellationToken: Cancel);

        Assert.Equal(CatalogueAppStatus.Retired, retired.App.Status);
        Assert.Equal("Retired", Assert.Single(await InUemAsync(scene)).Status);
        Assert.StartsWith("RetireApp Confirmed 1", (await CatalogueTests.LedgerAsync(scene))[^1]);
    }

    private static async Task<IReadOnlyList<CatalogueApp>> InUemAsync(PublicationScene scene) =>
        (
            await scene
                .Console.Apps.Search(CatalogueKind.Internal, CatalogueUploads.Bundle, scene.Uem.OrganizationGroup.Id)
                .ReadAllAsync(Cancel)
        ).Items;

    /// <summary>The sender's disk or line gives up.</summary>
    private sealed class BrokenFile(int good) : Stream
    {
        private int given;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => CatalogueUploads.Bytes;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (given >= good)
            {
                throw new IOException("The disk is gone.");
            }

            given += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
