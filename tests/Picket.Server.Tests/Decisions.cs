using System.Net;
using Microsoft.EntityFrameworkCore;
using Picket.Api;

namespace Picket.Server.Tests;

/// <summary>Decisions about one thing, of which one may win.</summary>
internal static class Decisions
{
    /// <returns>What the server answered.</returns>
    public static async Task<HttpStatusCode> MadeAsync(Func<Task> decide)
    {
        try
        {
            await decide();
            return HttpStatusCode.OK;
        }
        catch (PicketApiException refused)
        {
            return refused.Status;
        }
    }

    /// <returns>What the audit tells of the thing.</returns>
    public static async Task<List<string>> AuditedAsync(PicketApplication picket, Guid subject)
    {
        await using var db = picket.OpenDatabase();
        return await db
            .Audit.Where(row => row.Subject == subject.ToString())
            .Select(row => row.Action)
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}
