using System.Text;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Integrations;
using Picket.Server.Tests.Response;
using Picket.Server.Tests.Sync;
using Picket.WorkspaceOne.Emulator;
using Picket.WorkspaceOne.Emulator.Access;
using Picket.WorkspaceOne.Emulator.Fleet;

namespace Picket.Server.Tests.Enrollment;

/// <summary>A fleet that was read, whose integration may register users and devices.</summary>
internal sealed class ImportScene : IAsyncDisposable
{
    private readonly SyncScene sync;

    private ImportScene(SyncScene sync) => this.sync = sync;

    public PicketApplication Picket => sync.Picket;

    public PicketClient Client => Picket.Client;

    public EmulatorHost Uem => sync.Uem;

    public Guid Integration => sync.Integration;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ImportScene> StartAsync(
        Dictionary<string, string?>? settings = null,
        int devices = 20,
        Action<IntegrationRow>? integration = null,
        bool read = true
    )
    {
        var scene = new ImportScene(
            await SyncScene.StartAsync(
                new EmulatorOptions { Devices = devices },
                new Dictionary<string, string?>(settings ?? [])
                {
                    ["Enrollment:LookEveryMilliseconds"] = "100",
                    ["Enrollment:RetryMilliseconds"] = "50",
                },
                row =>
                {
                    row.EnrollmentEnabled = true;
                    integration?.Invoke(row);
                }
            )
        );
        scene.Grant(Rows.AddDevice);
        if (read)
        {
            await scene.ReadAsync();
        }

        return scene;
    }

    /// <summary>The integration is about one group, of an account that sees more; and that is read.</summary>
    public async Task NarrowAsync(OrganizationGroup group)
    {
        await sync.NarrowAsync(group);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        await sync.RunAsync();
        await sync.JudgedAsync();
    }

    /// <summary>An administrator of the UEM ticks Edit of a row in the account's role.</summary>
    public void Grant(string row) => Set(row, on: true);

    public void Revoke(string row) => Set(row, on: false);

    private void Set(string row, bool on)
    {
        var role = Uem.Access.Account(Uem.Credentials.Account).Role!;
        var right = new Right(row, RightMode.Edit);
        if (on)
        {
            role.Grant(right);
        }
        else
        {
            role.Revoke(right);
        }
    }

    /// <summary>Takes a file in and waits for its check.</summary>
    public async Task<ImportView> CheckAsync(ImportKind kind, params string[] lines) =>
        await CheckAsync(kind, Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));

    public async Task<ImportView> CheckAsync(ImportKind kind, byte[] file)
    {
        using var content = new MemoryStream(file);
        var taken = await Client.ImportAsync(Integration, kind, "people.csv", content, Cancel);
        return await EndAsync(taken.Id);
    }

    public async Task<ImportView> StartAsync(Guid import) =>
        await EndAsync((await Client.StartImportAsync(import, Cancel)).Id);

    public async Task<ImportView> RetryAsync(Guid import) =>
        await EndAsync((await Client.RetryImportAsync(import, Cancel)).Id);

    /// <summary>Until nothing of it happens by itself any more.</summary>
    public Task<ImportView> EndAsync(Guid import) => EndAsync(Client, import);

    public static Task<ImportView> EndAsync(PicketClient client, Guid import) =>
        TagScene.UntilAsync(
            () => client.ImportAsync(import, Cancel),
            view =>
                view.State
                    is not (ImportState.Receiving or ImportState.Checking or ImportState.Queued or ImportState.Running)
        );

    public async Task<List<ImportLineView>> LinesAsync(Guid import, ImportLineFilter? filter = null)
    {
        var lines = new List<ImportLineView>();
        await foreach (var line in Client.ImportLines(import, filter).WithCancellation(Cancel))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Each line as "line step state", in the order of the file.</summary>
    public async Task<List<string>> OutcomesAsync(Guid import) =>
        [.. (await LinesAsync(import)).Select(line => $"{line.Line} {line.Step} {line.State}")];

    public async Task<List<LedgerSummary>> WritesAsync(Guid import)
    {
        var writes = new List<LedgerSummary>();
        await foreach (
            var write in Client.Ledger(new LedgerFilter { IntegrationId = Integration }).WithCancellation(Cancel)
        )
        {
            writes.Add(write);
        }

        return [.. writes.Where(write => write.ImportId == import).OrderBy(write => write.Id)];
    }

    /// <summary>Calls that wrote something in the UEM since the log was cleared.</summary>
    public int Writes => Uem.RequestLog.Entries.Count(call => call.Method == "POST" && call.Path.Contains("/system/"));

    public List<string> Users(string prefix) =>
        [
            .. Uem
                .UserNames.Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];

    public async Task<List<string>> LedgerAsync(Guid import)
    {
        await using var db = Picket.OpenDatabase();
        var rows = await db
            .Ledger.Where(row => row.ImportId == import)
            .OrderBy(row => row.Id)
            .Select(row => new
            {
                row.Kind,
                row.State,
                row.Sends,
            })
            .ToListAsync(Cancel);
        return [.. rows.Select(row => $"{row.Kind} {row.State} {row.Sends}")];
    }

    public ValueTask DisposeAsync() => sync.DisposeAsync();
}
