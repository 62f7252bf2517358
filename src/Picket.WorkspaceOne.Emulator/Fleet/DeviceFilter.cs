namespace Picket.WorkspaceOne.Emulator.Fleet;

/// <summary>What a listing asks for; null means any. A record, so that equal questions find the same cached answer.</summary>
internal sealed record DeviceFilter(int Group)
{
    public string? Platform { get; init; }
    public string? Ownership { get; init; }
    public string? User { get; init; }
    public string? Model { get; init; }
    public string? Compliance { get; init; }
    public string? EnrollmentStatus { get; init; }
    public DateTime? SeenSince { get; init; }
    public DateTime? SeenTill { get; init; }
    public bool Descending { get; init; }

    /// <summary>The clock takes part in the answer, so it must not be cached.</summary>
    public bool DependsOnTime => SeenSince is not null || SeenTill is not null;

    /// <summary>What the fleet does by itself takes part in the answer.</summary>
    public bool DependsOnLife => EnrollmentStatus is not null || Compliance is not null;

    /// <summary>Model, OS and compliance are texts that only a full device has.</summary>
    public bool NeedsFullDevice => Model is not null || Compliance is not null;
}
