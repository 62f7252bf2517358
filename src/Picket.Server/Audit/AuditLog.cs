using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Storage;

namespace Picket.Server.Audit;

/// <summary>Adds an entry to the unit of work of the change itself: both are kept, or neither.</summary>
public sealed class AuditLog(TimeProvider time, IHttpContextAccessor requests)
{
    internal const string PersonPrefix = "person:";
    internal const string TokenPrefix = "token:";

    /// <param name="db">The context that also holds the change.</param>
    /// <param name="actor">Who: see <see cref="ActorOf(ClaimsPrincipal)"/>.</param>
    /// <param name="action">What, as <c>integration.paused</c>.</param>
    /// <param name="subject">To what: an id.</param>
    /// <param name="before">State before, without secrets.</param>
    /// <param name="after">State after, without secrets.</param>
    /// <param name="outcome">Whether it was done.</param>
    public void Add(
        PicketDbContext db,
        string actor,
        string action,
        string? subject = null,
        object? before = null,
        object? after = null,
        AuditOutcome outcome = AuditOutcome.Done
    )
    {
        var now = time.GetUtcNow();
        db.Audit.Add(
            new AuditEntryRow
            {
                Id = Guid.CreateVersion7(now),
                At = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
                Actor = actor,
                Address = AddressOf(requests.HttpContext?.Connection.RemoteIpAddress),
                Action = action,
                Outcome = outcome,
                Subject = subject,
                Before = Json(before),
                After = Json(after),
            }
        );
    }

    public static string ActorOf(ClaimsPrincipal user) => user.FindFirst(PicketClaims.Actor)?.Value ?? Nobody;

    /// <param name="auditId">The random id under which the audit names a person; null once it was erased.</param>
    public static string ActorOfPerson(Guid? auditId) => auditId is { } id ? PersonPrefix + id : Nobody;

    /// <summary>Somebody who has not signed in.</summary>
    public const string Nobody = "nobody";

    public static string ActorOf(Guid token) => TokenPrefix + token;

    /// <summary>Picket itself, by schedule.</summary>
    public const string Itself = "picket";

    /// <summary>Whoever sits at the server's own host.</summary>
    public const string Host = "host";

    private static string? AddressOf(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value);
}
