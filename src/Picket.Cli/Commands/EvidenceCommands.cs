using System.CommandLine;
using System.Text.Json;
using Picket.Api;
using Picket.Cli.Output;

namespace Picket.Cli.Commands;

/// <summary><c>picket evidence</c>.</summary>
internal static class EvidenceCommands
{
    public static Command Create(Cli cli) =>
        new("evidence", "What the verdict of a device rests on, as a file that can be judged again.")
        {
            Take(cli),
            Verify(cli),
        };

    private static Command Take(Cli cli)
    {
        var device = Targets.DeviceArgument();
        var file = new Argument<FileInfo>("file") { Description = "Where to write the JSON." };
        return cli.Command(
            "take",
            "Write the evidence of a device's verdict to a file.",
            "picket evidence take C02ABCDEF evidence.json",
            async (session, cancellationToken) =>
            {
                var id = await session.DeviceAsync(session.Get(device)!, cancellationToken);
                var evidence = await session.Client.EvidenceAsync(id, cancellationToken);
                var path = session.Get(file)!.FullName;
                var json = JsonSerializer.SerializeToUtf8Bytes(evidence, PicketApiJson.Default.EvidenceFile);
                await File.WriteAllBytesAsync(path, json, cancellationToken);
                session.Printer.Remark(
                    $"{evidence.Device.FriendlyName} is {evidence.Level}, with {evidence.Findings.Count} findings and "
                        + $"{evidence.Unknowns.Count} facts that were not seen: {path}"
                );
                if (evidence.Note is { } note)
                    session.Printer.Remark(note);
                return ExitCodes.Ok;
            },
            device,
            file
        );
    }

    private static Command Verify(Cli cli)
    {
        var file = new Argument<FileInfo>("file") { Description = "A file of `picket evidence take`." };
        return cli.Command(
            "verify",
            "Judge the facts of a file again by the stored feeds; 1 when another verdict comes out.",
            "picket evidence verify evidence.json",
            async (session, cancellationToken) =>
            {
                var evidence = await ReadAsync(session.Get(file)!, cancellationToken);
                var check = await session.Client.CheckEvidenceAsync(evidence, cancellationToken);
                session.Printer.Value(check, screen => Write(evidence, check, screen));
                return check.Same ? ExitCodes.Ok : ExitCodes.Problem;
            },
            file
        );
    }

    private static async Task<EvidenceFile> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = file.OpenRead();
            return await JsonSerializer.DeserializeAsync(content, PicketApiJson.Default.EvidenceFile, cancellationToken)
                ?? throw new UsageException($"{file.Name} is empty.");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{file.Name} is no evidence: {e.Message}");
        }
    }

    private static void Write(EvidenceFile evidence, EvidenceCheck check, Screen screen)
    {
        screen.Pairs([
            ("Device", evidence.Device.FriendlyName),
            ("Told", evidence.Level),
            ("Comes out", check.Level),
            ("Same", check.Same ? "yes" : "no"),
        ]);
        foreach (var difference in check.Differences)
            screen.Line(difference);
    }
}
