using System.CommandLine;
using Picket.Api;
using Picket.Cli.Output;
using Picket.Core.Audit;

namespace Picket.Cli.Commands;

/// <summary>
/// <c>picket audit verify</c>: computes every hash anew, here. What the chain alone cannot show, a cut end or a chain that
/// was written anew as a whole, shows against a head that was kept elsewhere.
/// </summary>
internal static class AuditVerify
{
    public static Command Create(Cli cli)
    {
        var file = new Option<FileInfo?>("--file") { Description = "An exported audit; no server is asked." };
        var head = new Option<FileInfo?>("--head")
        {
            Description =
                "A head that was kept earlier (`picket audit head`): proves also that the end was not cut off.",
        };
        return cli.Command(
            "verify",
            "Prove that no entry of the audit was altered, removed, moved or cut off.",
            "picket audit verify --head audit-head.json\npicket audit verify --file audit.jsonl --head audit-head.json",
            async (session, cancellationToken) =>
            {
                var kept = session.Get(head) is { } one ? await AuditFile.ReadHeadAsync(one, cancellationToken) : null;
                var lines = session.Get(file) is { } exported
                    ? AuditFile.ReadAsync(exported, cancellationToken)
                    : session.Client.AuditExportAsync(cancellationToken);
                var proof = await CheckAsync(lines, kept);
                Tell(session, proof, kept);
                return proof.Faults.Count == 0 ? ExitCodes.Ok : ExitCodes.Problem;
            },
            file,
            head
        );
    }

    private static async Task<Proof> CheckAsync(IAsyncEnumerable<AuditExportLine> lines, AuditHeadView? kept)
    {
        var check = new AuditCheck(kept is null ? [] : [Of(kept)]);
        var faults = new List<AuditFault>();
        AuditHeadView? end = null;
        string? lastHash = AuditRecord.Beginning;
        await foreach (var line in lines)
        {
            if (line.Entry is { } entry)
            {
                check.Add(AuditFile.Link(entry));
                lastHash = entry.Hash;
            }
            end = line.Head ?? end;
        }
        faults.AddRange(check.Finish());
        if (end is null)
            faults.Add(new AuditFault(check.Last, "The signed head at the end is missing: the audit was cut off."));
        else if (end.Sequence != check.Last || end.Hash != lastHash)
            faults.Add(
                new AuditFault(
                    check.Last,
                    $"The audit ends at entry {check.Last}; its head names entry {end.Sequence}."
                )
            );
        faults.AddRange(Signatures(end, kept));
        return new Proof(check.Entries, end, faults);
    }

    private static IEnumerable<AuditFault> Signatures(AuditHeadView? end, AuditHeadView? kept)
    {
        foreach (var head in new[] { end, kept }.OfType<AuditHeadView>())
        {
            if (!Of(head).IsSignedBy(head.PublicKey, head.Signature) || AuditHead.KeyId(head.PublicKey) != head.KeyId)
                yield return new AuditFault(
                    head.Sequence,
                    $"The signature of the head at entry {head.Sequence} does not fit its key: the head was altered."
                );
        }
    }

    private static void Tell(Session session, Proof proof, AuditHeadView? kept)
    {
        foreach (var fault in proof.Faults)
            session.Terminal.Out.WriteLine(Cell.Clean(fault.What));
        if (proof.Faults.Count > 0)
        {
            session.Printer.Remark($"{Cell.Number(proof.Entries)} entries were checked; the audit is not whole.");
            return;
        }
        session.Terminal.Out.WriteLine(
            $"{Cell.Number(proof.Entries)} entries: none altered, removed or moved. "
                + $"Signed by key {Cell.Clean(proof.End!.KeyId)}."
        );
        if (kept is null)
            session.Printer.Remark(
                "Without an earlier head (--head) this does not prove that the end was not cut off, or all of it written anew."
            );
        else if (kept.KeyId != proof.End.KeyId)
            session.Printer.Remark(
                $"The earlier head was signed by key {kept.KeyId}; the audit tells when a key is made (--action audit.key-made)."
            );
    }

    private static AuditHead Of(AuditHeadView head) => new(head.Sequence, head.Hash, head.SignedAt);

    private sealed record Proof(long Entries, AuditHeadView? End, IReadOnlyList<AuditFault> Faults);
}
