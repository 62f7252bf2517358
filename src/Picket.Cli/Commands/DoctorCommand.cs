using System.CommandLine;
using System.Text;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Cli.Settings;

namespace Picket.Cli.Commands;

/// <summary><c>picket doctor</c>: checks the preparation of a saved integration, or of a draft before it is saved.</summary>
internal static class DoctorCommand
{
    public static Command Create(Cli cli)
    {
        var which = Targets.IntegrationArgument();
        var options = new DraftOptions();
        var record = new Option<FileInfo?>("--record")
        {
            Description = "Write the report with a redacted capture of the exchanges to this new file.",
            HelpName = "FILE",
        };
        return cli.Command(
            "doctor",
            "Check the preparation on the UEM side. With --address it checks a draft and saves nothing.",
            "picket doctor Acme\n"
                + "picket doctor --address https://as123.awmdm.com --og acme --account picket-api --record capture.json",
            async (session, cancellationToken) =>
            {
                Func<bool, Guid?, Task<DoctorReport>> examine = session.Has(options.Address)
                    ? OfDraft(session, options, session.Get(which), cancellationToken)
                    : await OfSavedAsync(session, options, session.Get(which), cancellationToken);
                var report = session.Get(record) is { } file
                    ? await RecordAsync(session, file.FullName, examine, cancellationToken)
                    : await DoctorFollowing.ToEndAsync(session, round => examine(false, round), cancellationToken);
                session.Printer.Value(report, screen => DoctorText.Write(report, screen));
                return report.Fail > 0 ? ExitCodes.Problem : ExitCodes.Ok;
            },
            [which, .. options.All, record]
        );
    }

    private static Func<bool, Guid?, Task<DoctorReport>> OfDraft(
        Session session,
        DraftOptions options,
        string? saved,
        CancellationToken cancellationToken
    )
    {
        if (saved is not null)
            throw new UsageException($"'{saved}' is saved, --address describes a draft. Give one of them.");
        var draft = options.Draft(session);
        return (record, round) => session.Client.DoctorAsync(draft, record, round, cancellationToken);
    }

    private static async Task<Func<bool, Guid?, Task<DoctorReport>>> OfSavedAsync(
        Session session,
        DraftOptions options,
        string? saved,
        CancellationToken cancellationToken
    )
    {
        if (options.Given(session) is { } stray)
            throw new UsageException($"{stray.Name} describes a draft. Give --address too, or leave it out.");
        var id = await session.IntegrationAsync(saved, cancellationToken);
        return (record, round) => session.Client.DoctorAsync(id, record, round, cancellationToken);
    }

    /// <summary>The file is opened before the first call, so that a wrong path costs none; without a report none stays.</summary>
    private static async Task<DoctorReport> RecordAsync(
        Session session,
        string path,
        Func<bool, Guid?, Task<DoctorReport>> examine,
        CancellationToken cancellationToken
    )
    {
        if (File.Exists(path))
            throw new UsageException($"{path} is there already. Name a new file for --record.");
        var whole = false;
        await using var file = new FileStream(path, ConfigFile.OwnerOnlyFile());
        try
        {
            var report = await DoctorFollowing.ToEndAsync(session, round => examine(true, round), cancellationToken);
            await file.WriteAsync(Encoding.UTF8.GetBytes(Printer.ToJson(report)), cancellationToken);
            whole = true;
            return report;
        }
        finally
        {
            if (!whole)
                File.Delete(path);
        }
    }
}
