using System.CommandLine;
using System.Text;
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
            async (session, cancellationToken) =>
            {
                using var capture = session.Get(record) is { } file ? NewFile(file.FullName) : null;
                var report = session.Has(options.Address)
                    ? await session.Client.DoctorAsync(options.Draft(session), capture is not null, cancellationToken)
                    : await session.Client.DoctorAsync(
                        await session.IntegrationAsync(session.Get(which), cancellationToken),
                        capture is not null,
                        cancellationToken
                    );
                if (capture is not null)
                    await capture.WriteAsync(Encoding.UTF8.GetBytes(Printer.ToJson(report)), cancellationToken);
                session.Printer.Value(report, console => DoctorText.Write(report, console));
                return report.Fail > 0 ? ExitCodes.Problem : ExitCodes.Ok;
            },
            [which, .. options.All, record]
        );
    }

    /// <summary>Opened before the first call, so that a wrong path costs none.</summary>
    private static FileStream NewFile(string path) =>
        File.Exists(path)
            ? throw new UsageException($"{path} is there already. Name a new file for --record.")
            : new FileStream(path, ConfigFile.OwnerOnlyFile());
}
