using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Picket.Server.Inventory;
using Picket.Server.Storage;

namespace Picket.Server.Tests.Storage;

/// <summary>One behaviour, two databases.</summary>
public sealed class StorageTests(TestPostgres postgres)
{
    private static readonly Guid Integration = Guid.NewGuid();
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Migrates_an_empty_database_to_the_model(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        await using var db = temporary.Database.Open();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancel));
        Assert.Empty(await db.Devices.ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Gives_back_every_column_that_was_written_in_bulk(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        var rows = Enumerable.Range(1, 1500).Select(Device).ToList();
        rows[0].SecurityPatchDate = new DateOnly(2026, 4, 1);
        rows[0].Compromised = true;
        rows[0].AppsState = DetailState.Limited;
        rows[0].FriendlyName = "Žofie's \"phone\" \\ 📱 '; --";

        rows[1].FriendlyName = "";
        rows[2].Hash = [];

        await WriteAsync(temporary, rows);

        await using var db = temporary.Database.Open();
        var read = await db.Devices.OrderBy(row => row.RemoteId).ToListAsync(Cancel);
        Assert.Equal(rows.Select(Text), read.Select(Text));
        Assert.True(await db.Devices.AnyAsync(row => row.Id == rows[0].Id, Cancel), "EF Core finds ids of bulk rows");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Inserts_rows_that_are_new_and_refuses_those_that_are_not(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        var rows = Enumerable.Range(1, 50).Select(Device).ToList();

        await InsertAsync(temporary, rows);

        var again = await Assert.ThrowsAnyAsync<DbException>(() => InsertAsync(temporary, [Device(51), rows[0]]));
        Assert.Contains("unique", again.Message, StringComparison.OrdinalIgnoreCase);
        await using var db = temporary.Database.Open();
        Assert.Equal(50, await db.Devices.CountAsync(Cancel));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Replaces_rows_by_key_and_updates_only_what_is_named(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        var row = Device(1);
        await WriteAsync(temporary, [row]);
        row.FriendlyName = "renamed";
        await WriteAsync(temporary, [row]);
        (row.FriendlyName, row.LastSeenAt) = ("not to be written", Noon.AddDays(1));

        await WriteAsync(temporary, [row], [nameof(DeviceRow.LastSeenAt)]);

        await using var db = temporary.Database.Open();
        var read = await db.Devices.SingleAsync(Cancel);
        Assert.Equal(("renamed", Noon.AddDays(1)), (read.FriendlyName, read.LastSeenAt));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Writes_nothing_when_its_transaction_is_rolled_back(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        await using (var db = temporary.Database.Open())
        await using (await db.Database.BeginTransactionAsync(Cancel))
        {
            await temporary.Database.Bulk.UpsertAsync(db, [Device(1), Device(2)], Cancel);
        }

        await using var after = temporary.Database.Open();
        Assert.Equal(0, await after.Devices.CountAsync(Cancel));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Refuses_to_write_in_bulk_without_a_transaction(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        await using var db = temporary.Database.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            temporary.Database.Bulk.UpsertAsync(db, [Device(1)], Cancel)
        );
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Keeps_rows_with_a_key_of_several_columns_once(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        var group = Guid.NewGuid();
        UserGroupMemberRow[] members =
        [
            new() { UserGroupId = group, UserName = "ada" },
            new() { UserGroupId = group, UserName = "grace" },
        ];

        await WriteAsync(temporary, members);
        await WriteAsync(temporary, members);

        await using var db = temporary.Database.Open();
        Assert.Equal(
            ["ada", "grace"],
            await db.UserGroupMembers.Select(row => row.UserName).Order().ToListAsync(Cancel)
        );
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Finds_ten_thousand_rows_by_a_list_of_ids(string kind)
    {
        await using var temporary = await TestDatabase.NewAsync(kind, postgres, Cancel);
        await WriteAsync(temporary, [.. Enumerable.Range(1, 10_000).Select(Device)]);
        var wanted = Enumerable.Range(1, 40_000).ToArray();

        await using var db = temporary.Database.Open();

        Assert.Equal(10_000, await db.Devices.CountAsync(row => wanted.Contains(row.RemoteId), Cancel));
    }

    private static async Task InsertAsync(TestDatabase temporary, IReadOnlyList<DeviceRow> rows)
    {
        await using var db = temporary.Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await temporary.Database.Bulk.InsertAsync(db, rows, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private static async Task WriteAsync<TRow>(
        TestDatabase temporary,
        IReadOnlyList<TRow> rows,
        IReadOnlyList<string>? properties = null
    )
        where TRow : class
    {
        await using var db = temporary.Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        await (
            properties is null
                ? temporary.Database.Bulk.UpsertAsync(db, rows, Cancel)
                : temporary.Database.Bulk.UpdateAsync(db, rows, properties, Cancel)
        );
        await transaction.CommitAsync(Cancel);
    }

    private static DeviceRow Device(int number) =>
        new()
        {
            Id = Guid.CreateVersion7(Noon),
            IntegrationId = Integration,
            RemoteId = number,
            RemoteUuid = Guid.NewGuid(),
            FriendlyName = $"Device {number}",
            LastSeenAt = Noon.AddSeconds(-number),
            Hash = [1, 2, 3, (byte)number],
            FirstSeenAt = Noon,
        };

    private static string Text(DeviceRow row) =>
        string.Join(
            '|',
            typeof(DeviceRow)
                .GetProperties()
                .Select(property =>
                    property.GetValue(row) switch
                    {
                        null => "none",
                        byte[] bytes => $"bytes {Convert.ToHexString(bytes)}",
                        var value => $"{value}",
                    }
                )
        );
}
