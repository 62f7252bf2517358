using Picket.Core.Risk;
using Picket.Server.Inventory;
using Picket.Server.Risk;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Inventory;

/// <summary>Puts rows straight into the database, each test under an integration of its own.</summary>
internal sealed class InventorySeed(Func<PicketDbContext> open)
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-01-01T00:00:00Z", null);
    private static int ids;
    private int number;

    public Guid Integration { get; } = Guid.CreateVersion7();

    public static DateTimeOffset Day(int day) => Start.AddDays(day);

    public DeviceRow Device(string name, string platform = "Apple", string? ownership = "C", string user = "somebody")
    {
        number++;
        return new DeviceRow
        {
            Id = Guid.CreateVersion7(Start.AddMinutes(number)),
            IntegrationId = Integration,
            RemoteId = number,
            FriendlyName = name,
            SerialNumber = $"SN-{number:000}",
            Platform = platform,
            Ownership = ownership,
            UserName = user,
            OrganizationGroupId = 7,
            EnrollmentStatus = "Enrolled",
            Hash = [],
            FirstSeenAt = Day(0),
            JudgingDue = false,
            Level = RiskLevel.Secure,
        };
    }

    public FindingRow Finding(DeviceRow device, string kind, DateTimeOffset? clearedAt = null)
    {
        var finding = new Finding(
            kind,
            3,
            kind,
            RiskLevel.High,
            $"{kind} is true",
            "Do something.",
            [],
            FindingProof.Reported,
            new FindingEvidence([new FactUsed(FactName.Compromised, "yes", Day(1))], MatchedValue: "yes")
        );
        return new FindingRow
        {
            Id = Guid.CreateVersion7(),
            IntegrationId = Integration,
            DeviceId = device.Id,
            Kind = kind,
            Key = kind,
            Level = finding.Level,
            Title = finding.Title,
            Detail = FindingJson.Write(finding),
            FirstTrueAt = Day(1),
            LastTrueAt = Day(2),
            ClearedAt = clearedAt,
        };
    }

    public static AppRow App(string identifier, string? name = null, bool hashed = false) =>
        new()
        {
            Id = NextId(),
            Platform = "Apple",
            Identifier = identifier,
            Name = name,
            Hashed = hashed,
        };

    public static DeviceAppRow Held(DeviceRow device, AppRow app, int from, int? until = null) =>
        new()
        {
            Id = NextId(),
            DeviceId = device.Id,
            AppId = app.Id,
            Version = "1.0",
            FirstSeenAt = Day(from),
            GoneAt = until is { } day ? Day(day) : null,
        };

    // Ids of one millisecond have no order; tests expect rows in the order in which they were made.
    private static Guid NextId() => Guid.CreateVersion7(Start.AddSeconds(Interlocked.Increment(ref ids)));

    public async Task SaveAsync(params object[] rows)
    {
        await using var db = open();
        db.AddRange(rows);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
