using Picket.Core.Response;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Pacing;

namespace Picket.Server.Response;

/// <summary>The tag calls of one run, with the answers in Core's terms.</summary>
internal sealed class UemTags
{
    private readonly WorkspaceOneClient client;
    private readonly CallMeter meter;
    private readonly int organizationGroup;

    /// <param name="meter">Counts the calls of the whole run.</param>
    public UemTags(WorkspaceOneClient client, int organizationGroup, CallMeter? meter = null)
    {
        this.meter = meter ?? new CallMeter();
        this.client = client.Metered(this.meter);
        this.organizationGroup = organizationGroup;
    }

    public async Task<IReadOnlyList<ListedTag>> ListAsync(CancellationToken cancellation)
    {
        var listing = await client.Tags.Search(organizationGroup).ReadAllAsync(cancellation);
        return listing.Report.Complete
            ? [.. listing.Items.Select(tag => new ListedTag(tag.Id, tag.Name ?? ""))]
            : throw new TaggingEndedException(
                "The UEM's listing of tags does not add up; nothing is written on its word."
            );
    }

    public async Task<IReadOnlySet<int>> DevicesAsync(int tag, CancellationToken cancellation) =>
        (await client.Tags.DevicesAsync(tag, cancellation)).Select(device => device.DeviceId).ToHashSet();

    public async Task<bool> ExistsAsync(int tag, CancellationToken cancellation)
    {
        try
        {
            await client.Tags.DevicesAsync(tag, cancellation);
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    public Task<int> CreateAsync(string name, CancellationToken cancellation) =>
        client.Tags.CreateAsync(organizationGroup, name, cancellation);

    public Task RenameAsync(int tag, string name, CancellationToken cancellation) =>
        client.Tags.RenameAsync(organizationGroup, tag, name, cancellation);

    /// <summary>Adds or removes in bulk. A state: the client may repeat it after a lost answer.</summary>
    public async Task<TagAnswer> SendAsync(
        TagAction action,
        int tag,
        IReadOnlyList<int> devices,
        CancellationToken cancellation
    )
    {
        var before = meter.Calls;
        try
        {
            var result =
                action == TagAction.Add
                    ? await client.Tags.AddDevicesAsync(tag, devices, cancellation)
                    : await client.Tags.RemoveDevicesAsync(tag, devices, cancellation);
            return new TagAnswer(
                BulkOutcome.Answered,
                [.. result.Faults.Select(Fault).OfType<Core.Response.BulkFault>()],
                null,
                meter.SentAt
            )
            {
                IsRepeated = meter.Calls - before > 1,
            };
        }
        catch (WorkspaceOneException failure)
        {
            return new TagAnswer(Outcome(failure), [], failure);
        }
    }

    private static BulkOutcome Outcome(WorkspaceOneException failure) =>
        failure switch
        {
            OverBulkLimitException => BulkOutcome.OverLimit,
            SignInRefusedException or ApiKeyRefusedException or ApiAccessDisabledException => BulkOutcome.SignInRefused,
            WritesStoppedException { SentBefore: true } => BulkOutcome.Unclear,
            QuotaExhaustedException or WritesStoppedException => BulkOutcome.NotSent,
            {
                Stage: FailureStage.NameResolution
                    or FailureStage.Connect
                    or FailureStage.Tls
                    or FailureStage.Pacing
                    or FailureStage.SignIn
            } => BulkOutcome.NotSent,
            { Stage: FailureStage.Status or FailureStage.Redirect, Status: { } status } => BulkAnswer.Classify(
                (int)status,
                failure.ErrorCode,
                failure.Reason
            ),
            _ => BulkOutcome.Unclear,
        };

    private static Core.Response.BulkFault? Fault(WorkspaceOne.BulkFault fault) =>
        long.TryParse(fault.ItemValue, out var device)
            ? new Core.Response.BulkFault(device, fault.ErrorCode ?? 0, fault.Message)
            : null;
}

/// <param name="Failure">Null when the call as a whole was answered.</param>
/// <param name="SentAt">When it went out, or its last retry; null where it was not answered.</param>
internal sealed record TagAnswer(
    BulkOutcome Outcome,
    IReadOnlyList<Core.Response.BulkFault> Faults,
    WorkspaceOneException? Failure,
    DateTimeOffset? SentAt = null
)
{
    /// <summary>An attempt before this one had no answer, and may have been acted on.</summary>
    public bool IsRepeated { get; init; }
}

/// <summary>The run cannot go on, and says why in words for the administrator.</summary>
internal sealed class TaggingEndedException(string reason) : Exception(reason);
