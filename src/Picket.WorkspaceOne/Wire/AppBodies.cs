namespace Picket.WorkspaceOne.Wire;

internal sealed record PublicAppBody
{
    public string? ApplicationName { get; init; }
    public string? BundleId { get; init; }
    public string? ExternalId { get; init; }
    public string? ApplicationUrl { get; init; }
    public int Platform { get; init; }
    public int? LocationGroupId { get; init; }
}

internal sealed record ChunkBody(
    string? TransactionId,
    ReadOnlyMemory<byte> ChunkData,
    int ChunkSequenceNumber,
    long ChunkSize,
    long TotalApplicationSize
);

/// <summary>The misspelling is the API's (trust S); the right spelling is taken, too.</summary>
internal sealed record UploadedChunk(string? TranscationId, string? TransactionId, bool? UploadSuccess);

internal sealed record InternalAppBody
{
    public string? TransactionId { get; init; }
    public string? ApplicationName { get; init; }
    public string? FileName { get; init; }
    public string? BundleId { get; init; }
    public string? AppVersion { get; init; }
    public string? ActualFileVersion { get; init; }
    public int DeviceType { get; init; }
    public bool CarryOverAssignments { get; init; }
    public int? LocationGroupId { get; init; }
    public ModelList? SupportedModels { get; init; }
}

internal sealed record ModelList(IReadOnlyList<ModelBody> Model);

internal sealed record ModelBody(int ModelId, string ModelName);

internal sealed record AllocationBody(IReadOnlyList<AllocationRow> Assignments, DeploymentBody? Deployment);

internal sealed record AllocationRow(int SmartGroupId, int Allocated);

internal sealed record DeploymentBody(string AssignmentType, bool RemoveOnUnenroll);

internal sealed record PushBody(string MessageBody, string MessageType);

internal sealed record MailBody(string Subject, string MessageBody, string? ToAddress);

internal sealed record SmartGroupBody(
    string Name,
    string ManagedByOrganizationGroupId,
    string CriteriaType,
    IReadOnlyList<AdditionBody>? DeviceAdditions = null,
    IReadOnlyList<AdditionBody>? UserGroups = null
);

internal sealed record AdditionBody(string Id, string? Name);

/// <summary>The spec has every number of it as text (trust S).</summary>
internal sealed record AppGroupBody(
    string Name,
    string AppGroupType,
    string Platform,
    string ManagedByOrganizationGroupID,
    AppGroupItemBody[] Applications,
    string? Description
);

internal sealed record AppGroupItemsBody(AppGroupItemBody[] Applications);

internal sealed record AppGroupItemBody(string Name, string BundleId);
