namespace Picket.Server.Inventory;

/// <summary>A row of a listing that is compared by hash and gets a GoneAt when a complete listing lacks it.</summary>
public interface IListedRow
{
    Guid Id { get; init; }
    Guid IntegrationId { get; init; }
    byte[] Hash { get; set; }
    DateTimeOffset FirstSeenAt { get; init; }
    DateTimeOffset? GoneAt { get; set; }
}
