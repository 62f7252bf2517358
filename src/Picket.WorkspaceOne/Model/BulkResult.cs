namespace Picket.WorkspaceOne;

/// <summary>Outcome of a bulk call. A partly accepted call is still a success (trust W).</summary>
public sealed record BulkResult
{
    /// <summary>Items that were sent.</summary>
    public int TotalItems { get; set; }

    /// <summary>Items that were accepted.</summary>
    public int AcceptedItems { get; set; }

    /// <summary>Items that were not.</summary>
    public int FailedItems { get; set; }

    /// <summary>Why, per item. Setting a tag that a device has already is a fault with code 400 (trust W).</summary>
    [System.Text.Json.Serialization.JsonConverter(typeof(Wire.FaultsConverter))]
    public IReadOnlyList<BulkFault> Faults { get; set; } = [];
}

/// <summary>One item that a bulk call did not accept.</summary>
public sealed record BulkFault
{
    /// <summary>The server's code.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>The item as it was sent, here a device id.</summary>
    public string? ItemValue { get; set; }

    /// <summary>The server's text.</summary>
    public string? Message { get; set; }
}
