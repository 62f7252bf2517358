using System.Security.Claims;
using Picket.Core.Identity;
using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Integrations;
using Picket.Server.People;
using Grant = Picket.Core.Identity.Grant;
using Role = Picket.Core.Identity.Role;

namespace Picket.Server.Tests.Simulation;

/// <summary>Somebody with a role, a second factor, and an account of their own in the UEM.</summary>
internal sealed class Colleague(string name, Role role, DateTimeOffset since)
{
    private readonly Guid session = Guid.CreateVersion7(since);
    private readonly Guid audited = Guid.CreateVersion7(since);

    public Guid Id { get; } = Guid.CreateVersion7(since);
    public Guid Account { get; } = Guid.CreateVersion7(since);
    public string Name { get; } = name;
    public bool May { get; set; } = true;
    public DateTimeOffset? FactorAt { get; set; }

    /// <summary>Who gave them their role.</summary>
    public HashSet<Guid> TiedTo { get; } = [];

    public string Actor => AuditLog.ActorOfPerson(audited);

    public bool MayNow(Right right) => May && new Grants([new Grant(role, null)]).May(right, null);

    public ClaimsPrincipal AsCaller()
    {
        Claim[] claims =
        [
            new(PicketClaims.Actor, Actor),
            new(PicketClaims.PersonId, $"{Id}"),
            new(PicketClaims.SessionId, $"{session}"),
            new(PicketClaims.Scope, nameof(Api.TokenScope.Full)),
        ];
        return new ClaimsPrincipal(
            new ClaimsIdentity(May ? [.. claims, Caller.ClaimOf(new Grant(role, null))] : claims, "simulated")
        );
    }

    public IEnumerable<object> Rows(Guid integration) =>
        [
            new PersonRow
            {
                Id = Id,
                UserName = Name,
                NormalizedUserName = Name,
                Email = Name,
                NormalizedEmail = Name,
                TwoFactorEnabled = true,
                CreatedAt = since,
            },
            new AuditPersonRow { Id = audited, PersonId = Id },
            Membership(since, "setup"),
            new SessionRow
            {
                Id = session,
                PersonId = Id,
                CreatedAt = since,
                ExpiresAt = since.AddDays(30),
                LastSeenAt = since,
                Address = "192.0.2.1",
                Browser = "simulated",
            },
            new AdminLinkRow
            {
                Id = Guid.CreateVersion7(since),
                IntegrationId = integration,
                PersonId = Id,
                AdminUuid = Account,
                UserName = Name,
                LinkedAt = since,
                ReadAt = since,
            },
        ];

    public MembershipRow Membership(DateTimeOffset now, string giver) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            PersonId = Id,
            Role = role,
            GivenBy = giver,
            GivenAt = now,
        };
}
