using System.Globalization;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>
/// Newcomers by file: users, devices that are announced for some of them, and members of a group. Each file is checked,
/// started, and followed to its end; then the UEM is asked whether it has them.
/// </summary>
internal sealed class DemoImports(DemoSite site, DemoOptions options, Terminal terminal)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly PicketClient picket = site.Client;

    public async Task<ImportFigures> RunAsync(IntegrationView integration, CancellationToken cancellation)
    {
        await PermitAsync(integration.Id, cancellation);
        var people = new DemoPeople(options.Seed);
        var users = await ImportAsync(integration.Id, ImportKind.Users, people.Users, cancellation);
        var devices = await ImportAsync(integration.Id, ImportKind.Devices, people.Devices, cancellation);
        var members = await ImportAsync(integration.Id, ImportKind.GroupMembers, people.GroupMembers, cancellation);
        var listed = await site.Uem.RegisteredAsync(people, integration.OrganizationGroup.Id, cancellation);
        return new ImportFigures
        {
            Users = users.Done,
            Devices = devices.Done,
            Members = members.Done,
            UemCalls = users.UemCalls + devices.UemCalls + members.UemCalls,
            IsWhole = new[] { users, devices, members }.All(IsWhole),
            IsListed = listed == new RegisteredCounts(people.UserNames.Count, people.Serials.Count, people.Members),
        };
    }

    private static bool IsWhole(ImportView import) =>
        import is { State: ImportState.Completed, Refused: 0 } && import.Done == import.Lines;

    /// <summary>Two people of a real organization: an administrator of the UEM, and one of the integration.</summary>
    private async Task PermitAsync(Guid integration, CancellationToken cancellation)
    {
        Say(
            $"Registering needs {EmulatorSite.AddDevice} (Edit), which the role {EmulatorSite.Role} lacks: the demo grants it, "
                + "as an administrator of the UEM would …"
        );
        await site.Uem.GrantAsync(cancellation);
        await picket.SetEnrollmentAsync(integration, enabled: true, cancellation);
    }

    private async Task<ImportView> ImportAsync(
        Guid integration,
        ImportKind kind,
        byte[] file,
        CancellationToken cancellation
    )
    {
        var name = $"newcomers-{Commands.ImportKinds.Word(kind)}.csv";
        using var content = new MemoryStream(file);
        var import = await picket.ImportAsync(integration, kind, name, content, cancellation);
        import = await EndAsync(import, cancellation);
        if (import is not { State: ImportState.Checked, Waiting: > 0 })
        {
            throw new DemoFailedException(
                $"The check of {name} ended {import.State}, {import.Refused} of {import.Lines} lines refused: "
                    + string.Join("; ", import.Reasons)
            );
        }

        Say(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Importing {name}: {import.Creates} to make, {import.Changes} to change, {import.Refused} refused …"
            )
        );
        import = await EndAsync(await picket.StartImportAsync(import.Id, cancellation), cancellation);
        Say($"  {import.State}: {import.Done} of {import.Lines} lines done, {import.UemCalls} calls");
        return import;
    }

    private async Task<ImportView> EndAsync(ImportView import, CancellationToken cancellation)
    {
        while (!Output.ImportFollowing.IsOver(import.State))
        {
            await Task.Delay(Poll, terminal.Time, cancellation);
            import = await picket.ImportAsync(import.Id, cancellation);
        }

        return import;
    }

    private void Say(string line) => terminal.Error.WriteLine(line);
}

/// <summary>What became of the demo's three files.</summary>
internal sealed record ImportFigures
{
    public required int Users { get; init; }
    public required int Devices { get; init; }
    public required int Members { get; init; }
    public required int UemCalls { get; init; }

    /// <summary>Every line of every file is done.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The UEM's own API lists all of them.</summary>
    public required bool IsListed { get; init; }
}
