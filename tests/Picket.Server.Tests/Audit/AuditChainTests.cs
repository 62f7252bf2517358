using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Core.Audit;
using Picket.Server.Audit;
using Picket.Server.Tests.Inventory;
using Picket.Server.Tests.Storage;

namespace Picket.Server.Tests.Audit;

public sealed class AuditChainOnSqliteTests(TestPostgres postgres) : AuditChainStories(DatabaseKind.Sqlite, postgres)
{
    /// <summary>Whoever also forges the end of the chain fools the database, not a head that was kept elsewhere.</summary>
    [Fact]
    public async Task A_head_that_was_kept_elsewhere_shows_a_cut_end_that_the_database_hides()
    {
        await using var picket = await StartAsync();
        await WriteAsync(picket, 6);
        var kept = await picket.Client.AuditHeadAsync(Cancellation);
        await using var db = picket.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            "DELETE FROM audit WHERE \"Sequence\" > 4; UPDATE audit_head SET \"Sequence\" = 4, "
                + "\"Hash\" = (SELECT \"Hash\" FROM audit WHERE \"Sequence\" = 4)",
            Cancellation
        );

        Assert.Empty((await picket.Service<AuditQueries>().CheckAsync(Cancellation)).Faults);
        var lines = await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Contains("missing", Assert.Single(Check(lines, kept)).What);

        await WriteAsync(picket, 6);
        lines = await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Contains("signed", Assert.Single(Check(lines, kept)).What);
    }

    /// <summary>Whoever sets the end back hides what stands behind it, and can be found out without a kept head.</summary>
    [Fact]
    public async Task An_end_that_was_set_back_is_no_end()
    {
        await using var picket = await StartAsync();
        await WriteAsync(picket, 6);
        await using var db = picket.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync(
            "UPDATE audit_head SET \"Sequence\" = 4, \"Hash\" = (SELECT \"Hash\" FROM audit WHERE \"Sequence\" = 4)",
            Cancellation
        );

        var refused = await Assert.ThrowsAsync<PicketApiException>(() => picket.Client.AuditHeadAsync(Cancellation));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("set back to entry 4", refused.Problem.Detail);
        await Assert.ThrowsAsync<PicketApiException>(async () =>
            await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation)
        );
    }

    [Fact]
    public async Task The_head_is_signed_by_a_key_that_the_database_does_not_show()
    {
        await using var picket = await StartAsync();

        var head = await picket.Client.AuditHeadAsync(Cancellation);

        var end = new AuditHead(head.Sequence, head.Hash, head.SignedAt);
        Assert.True(end.IsSignedBy(head.PublicKey, head.Signature));
        Assert.False((end with { Sequence = head.Sequence - 1 }).IsSignedBy(head.PublicKey, head.Signature));
        await using var db = picket.OpenDatabase();
        var key = await db.AuditKeys.SingleAsync(Cancellation);
        Assert.Equal(key.PublicKey, head.PublicKey);
        // A PKCS #8 key in Base64 or PEM begins so.
        Assert.DoesNotContain("MIG", key.ProtectedPrivateKey[..10]);
        Assert.DoesNotContain("PRIVATE", key.ProtectedPrivateKey);
    }

    [Fact]
    public async Task A_lost_key_ring_is_followed_by_another_key_and_the_audit_tells_so()
    {
        await using var picket = await StartAsync();
        var before = await picket.Client.AuditHeadAsync(Cancellation);
        await picket.StopServerAsync();
        Directory.Delete(Path.Combine(picket.DataFolder, "keys"), recursive: true);
        await picket.RestartAsync();

        var after = await picket.Client.AuditHeadAsync(Cancellation);

        Assert.NotEqual(before.KeyId, after.KeyId);
        var made = await picket.Client.Audit(new AuditFilter { Action = "audit.key-made" }).ToListAsync(Cancellation);
        Assert.Equal([after.KeyId, before.KeyId], made.Select(entry => entry.Subject));
        Assert.Empty(Check(await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation), before));
    }
}

public sealed class AuditChainOnPostgresTests(TestPostgres postgres)
    : AuditChainStories(DatabaseKind.Postgres, postgres);

/// <summary>The chain of the audit, whoever writes and whoever tampers.</summary>
public abstract class AuditChainStories(DatabaseKind kind, TestPostgres postgres) : DatabaseStories(kind, postgres)
{
    [Fact]
    public async Task Many_writers_at_once_make_one_chain_without_a_gap()
    {
        await using var picket = await StartAsync();
        using var reader = await picket.NewHttpAsync(TokenScope.Read);

        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async n =>
                {
                    if (n % 3 == 0)
                    {
                        (await reader.PostAsync(Routes.Tokens, null, Cancellation)).Dispose();
                        return;
                    }

                    var made = await picket.Client.CreateTokenAsync(
                        new($"writer {n}", TokenScope.Read, 1),
                        Cancellation
                    );
                    await picket.Client.RevokeTokenAsync(made.Token.Id, Cancellation);
                })
        );

        var lines = await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation);
        var entries = lines.Select(line => line.Entry).OfType<AuditEntry>().ToList();
        Assert.Equal(10, entries.Count(entry => entry.Action == "access.refused"));
        Assert.Equal(20, entries.Count(entry => entry.Action == "token.revoked"));
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n), entries.Select(entry => entry.Sequence));
        Assert.Empty(Check(lines));
        Assert.Empty((await picket.Service<AuditQueries>().CheckAsync(Cancellation)).Faults);
    }

    [Fact]
    public async Task A_person_whose_name_was_erased_stays_in_the_chain_and_is_named_no_more()
    {
        await using var picket = await StartAsync();
        await using var db = picket.OpenDatabase();
        var person = await db.Persons.SingleAsync(Cancellation);
        var entry = (await picket.Client.Audit(new AuditFilter { Action = "person.joined" }).ToListAsync(Cancellation))[
            0
        ];
        Assert.Equal(person.UserName, entry.ActorName);
        Assert.StartsWith("person:", entry.Actor);
        Assert.NotEqual($"person:{person.Id}", entry.Actor);

        Assert.True(await AuditNames.EraseAsync(db, person.Id, Cancellation));

        var mine = await picket.Client.Audit(new AuditFilter { Actor = entry.Actor }).ToListAsync(Cancellation);
        Assert.Contains(mine, line => line.Id == entry.Id);
        Assert.All(mine, line => Assert.Null(line.ActorName));
        var lines = await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Empty(Check(lines));
        Assert.DoesNotContain(person.UserName!, JsonSerializer.Serialize(lines));
    }

    /// <summary>A change and its entry are one: neither is kept without the other.</summary>
    [Fact]
    public async Task An_entry_whose_change_fails_leaves_neither_a_gap_nor_a_line()
    {
        await using var picket = await StartAsync();
        await using var db = picket.OpenDatabase();
        await picket.Client.AuditHeadAsync(Cancellation); // Makes the key.
        var taken = await db.AuditKeys.AsNoTracking().SingleAsync(Cancellation);
        db.AuditKeys.Add(taken);
        picket.Service<AuditLog>().Add(db, AuditLog.Itself, "test.failed");

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        await WriteAsync(picket, 1);

        var lines = await picket.Client.AuditExportAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Empty(Check(lines));
        Assert.DoesNotContain(lines, line => line.Entry?.Action == "test.failed");
    }

    private protected static async Task WriteAsync(PicketApplication picket, int entries)
    {
        for (var n = 0; n < entries; n++)
        {
            await picket.Client.CreateTokenAsync(new($"entry {n}", TokenScope.Read, 1), Cancellation);
        }
    }

    private protected static IReadOnlyList<AuditFault> Check(List<AuditExportLine> lines, params AuditHeadView[] kept)
    {
        var end = Assert.Single(lines, line => line.Head is not null).Head!;
        var check = new AuditCheck(
            kept.Append(end).Select(head => new AuditHead(head.Sequence, head.Hash, head.SignedAt))
        );
        foreach (var entry in lines.Select(line => line.Entry).OfType<AuditEntry>())
        {
            var record = new AuditRecord(
                entry.Sequence,
                entry.Id,
                entry.At,
                entry.Actor,
                entry.Address,
                entry.Action,
                entry.Subject,
                entry.Outcome.ToString(),
                entry.Before,
                entry.After
            );
            check.Add(new AuditLink(record, entry.PreviousHash!, entry.Hash!));
        }

        return check.Finish();
    }
}

public sealed class TamperedAuditTests(TestPostgres postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, long, string> Tampering
    {
        get
        {
            var table = new TheoryData<string, string, long, string>();
            foreach (var kind in (string[])["sqlite", "postgres"])
            {
                foreach (var (sql, entry, what) in Ways)
                {
                    table.Add(kind, sql, entry, what);
                }
            }

            return table;
        }
    }

    private static readonly (string Sql, long Entry, string What)[] Ways =
    [
        ("UPDATE audit SET \"Actor\" = 'token:somebody-else' WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"Action\" = 'token.used' WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"Subject\" = NULL WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"Address\" = '192.0.2.1' WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"Outcome\" = 1 WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"Before\" = '[]' WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"After\" = '[]' WHERE \"Sequence\" = 5", 5, "altered"),
        (
            "UPDATE audit SET \"At\" = (SELECT \"At\" FROM audit WHERE \"Sequence\" = 1) WHERE \"Sequence\" = 5",
            5,
            "altered"
        ),
        ("UPDATE audit SET \"PreviousHash\" = \"Hash\" WHERE \"Sequence\" = 5", 5, "altered"),
        ("UPDATE audit SET \"Hash\" = \"PreviousHash\" WHERE \"Sequence\" = 5", 5, "altered"),
        ("DELETE FROM audit WHERE \"Sequence\" = 5", 5, "missing"),
        ("DELETE FROM audit WHERE \"Sequence\" >= 5", 5, "missing"),
        (
            "UPDATE audit SET \"Sequence\" = -1 WHERE \"Sequence\" = 5; UPDATE audit SET \"Sequence\" = 5 WHERE \"Sequence\" = 6; UPDATE audit SET \"Sequence\" = 6 WHERE \"Sequence\" = -1",
            5,
            "altered"
        ),
    ];

    /// <summary>Who holds the database can write what they like into it; the chain names the entry.</summary>
    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Tampering_with_the_database_is_seen_and_the_entry_named(
        string kind,
        string sql,
        long entry,
        string what
    )
    {
        await using var file = await TestDatabase.NewAsync(kind, postgres, TestContext.Current.CancellationToken);
        var audit = new AuditLog(TimeProvider.System, new HttpContextAccessor());
        await using var db = file.Database.Open();
        for (var n = 0; n < 6; n++)
        {
            audit.Add(db, AuditLog.ActorOf(Guid.NewGuid()), "token.created", $"{n}", outcome: (AuditOutcome)(n % 2));
            audit.Add(db, AuditLog.Itself, "feed.imported", $"{n}", new { n }, new { n });
            await db.SaveChangesAsync(Cancellation);
        }

        Assert.Empty((await new AuditQueries(file.Database).CheckAsync(Cancellation)).Faults);

        await db.Database.ExecuteSqlRawAsync(sql, Cancellation);

        var (_, faults) = await new AuditQueries(file.Database).CheckAsync(Cancellation);
        Assert.Contains(faults, fault => fault.Sequence == entry && fault.What.Contains(what));
    }
}
