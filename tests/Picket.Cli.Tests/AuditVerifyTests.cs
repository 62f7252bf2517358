using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Picket.Api;
using Picket.Core.Audit;

namespace Picket.Cli.Tests;

/// <summary>Proving the audit: against the server, and from files on a machine that knows no server.</summary>
public sealed class AuditVerifyTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 10, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("picket-audit-");

    [Fact]
    public async Task An_export_and_an_earlier_head_are_proven_without_a_server()
    {
        await using var stub = await StubAsync(Lines(6));
        var file = Path.Combine(folder.FullName, "audit.jsonl");
        var exported = await CliRun.AgainstAsync(stub, "audit", "export", file);
        stub.Answer("GET", Routes.AuditHead, Head(Lines(4)));
        var head = await CliRun.AgainstAsync(stub, "audit", "head");
        Assert.Equal((0, 0), (exported.Code, head.Code));
        var kept = await WriteAsync("head.json", head.Out);

        var verified = await OfflineAsync("audit", "verify", "--file", file, "--head", kept);

        Assert.Equal(0, verified.Code);
        Assert.Contains("6 entries: none altered, removed or moved.", verified.Out);
        Assert.Empty(verified.Error);
        Assert.Equal(ExitCodes.Usage, (await CliRun.AgainstAsync(stub, "audit", "export", file)).Code);
    }

    [Fact]
    public async Task The_server_is_not_trusted_with_the_proof()
    {
        var lines = Lines(6);
        lines[2] = lines[2] with { Entry = lines[2].Entry! with { Subject = "another" } };
        await using var stub = await StubAsync(lines);

        var verified = await CliRun.AgainstAsync(stub, "audit", "verify");

        Assert.Equal(ExitCodes.Problem, verified.Code);
        Assert.Contains("Entry 3 was altered", verified.Out);
    }

    [Fact]
    public async Task Says_what_is_not_proven_without_an_earlier_head()
    {
        await using var stub = await StubAsync(Lines(2));

        var verified = await CliRun.AgainstAsync(stub, "audit", "verify");

        Assert.Equal(0, verified.Code);
        Assert.Contains("Without an earlier head", verified.Error);
    }

    public static TheoryData<string, string> Tampering =>
        new()
        {
            { "a field", "Entry 3 was altered" },
            { "removed", "Entry 3 is missing" },
            { "swapped", "Entry 3" },
            { "cut with its head", "signed head at the end is missing" },
            { "cut before its head", "Entry 6 is missing" },
            { "written anew", "written anew" },
            { "another key", "does not fit its key" },
        };

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task Tampering_with_the_file_is_named(string how, string told)
    {
        var lines = Lines(6);
        var kept = await WriteAsync("head.json", Json(Head(lines)));
        var file = await WriteAsync("audit.jsonl", Text(Tampered(lines, how)));

        var verified = await OfflineAsync("audit", "verify", "--file", file, "--head", kept);

        Assert.Equal(ExitCodes.Problem, verified.Code);
        Assert.Contains(told, verified.Out);
    }

    [Fact]
    public async Task A_file_that_is_no_audit_is_refused_with_its_line()
    {
        var file = await WriteAsync("audit.jsonl", Text(Lines(1)) + "\nnot json\n");

        var verified = await OfflineAsync("audit", "verify", "--file", file);

        Assert.Equal(ExitCodes.Usage, verified.Code);
        Assert.Contains("Line 3 of audit.jsonl", verified.Error);
    }

    public void Dispose()
    {
        key.Dispose();
        folder.Delete(recursive: true);
    }

    private List<AuditExportLine> Tampered(List<AuditExportLine> lines, string how)
    {
        switch (how)
        {
            case "a field":
                lines[2] = lines[2] with { Entry = lines[2].Entry! with { Actor = "token:somebody-else" } };
                break;
            case "removed":
                lines.RemoveAt(2);
                break;
            case "swapped":
                (lines[2], lines[3]) = (lines[3], lines[2]);
                break;
            case "cut with its head":
                lines.RemoveRange(5, 2);
                break;
            case "cut before its head":
                lines.RemoveAt(5);
                break;
            case "written anew":
                return Lines(6, "another subject");
            default:
                using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                    lines[^1] = new(null, lines[^1].Head! with { PublicKey = other.ExportSubjectPublicKeyInfoPem() });
                break;
        }
        return lines;
    }

    private List<AuditExportLine> Lines(int count, string subject = "subject")
    {
        var lines = new List<AuditExportLine>();
        var previous = AuditRecord.Beginning;
        for (var n = 1; n <= count; n++)
        {
            var id = new Guid($"0198c0de-0000-7000-8000-0000000000{n:00}");
            var record = new AuditRecord(n, id, Noon, "picket", null, "test", $"{subject} {n}", "Done", null, "{}");
            var hash = record.HashAfter(previous);
            lines.Add(
                new(
                    new AuditEntry(id, Noon, "picket", "test", record.Subject, AuditOutcome.Done, null, "{}")
                    {
                        Sequence = n,
                        PreviousHash = previous,
                        Hash = hash,
                    },
                    null
                )
            );
            previous = hash;
        }
        lines.Add(new(null, Head(lines)));
        return lines;
    }

    private AuditHeadView Head(List<AuditExportLine> lines)
    {
        var last = lines.Last(line => line.Entry is not null).Entry!;
        var head = new AuditHead(last.Sequence, last.Hash!, Noon);
        var pem = key.ExportSubjectPublicKeyInfoPem();
        return new(head.Sequence, head.Hash, Noon, AuditHead.KeyId(pem)!, pem, head.Sign(key));
    }

    private static async Task<PicketStub> StubAsync(List<AuditExportLine> lines) =>
        (await PicketStub.StartAsync()).Do(
            "GET",
            Routes.AuditExport,
            context => context.Response.WriteAsync(Text(lines))
        );

    private static Task<CliRun> OfflineAsync(params string[] args) =>
        CliRun.WithAsync(args, new Dictionary<string, string>(), input: "");

    private static string Text(List<AuditExportLine> lines) =>
        string.Join('\n', lines.Select(line => JsonSerializer.Serialize(line, PicketApiJson.Default.AuditExportLine)));

    private static string Json(AuditHeadView head) =>
        JsonSerializer.Serialize(head, PicketApiJson.Default.AuditHeadView);

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text, Encoding.UTF8, TestContext.Current.CancellationToken);
        return path;
    }
}
