using System.Security.Cryptography;
using CsCheck;
using Picket.Core.Audit;

namespace Picket.Core.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset Noon = new(2026, 10, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string?> Text = Gen.String[0, 20].Null(0.2);

    private static readonly Gen<AuditRecord> Entry =
        from id in Gen.Guid
        from minutes in Gen.Int[0, 100_000]
        from actor in Gen.String[0, 10]
        from address in Text
        from action in Gen.String[0, 10]
        from subject in Text
        from before in Text
        from after in Text
        select new AuditRecord(0, id, Noon.AddMinutes(minutes), actor, address, action, subject, "Done", before, after);

    private static readonly Gen<List<AuditLink>> Chain = Entry.List[1, 12].Select(entries => Linked(entries));

    [Fact]
    public void An_untouched_chain_has_no_fault_however_far_it_grew_after_a_head() =>
        Gen.Select(Chain, Gen.Int[0, 11])
            .Sample((chain, at) => Assert.Empty(Check(chain, HeadOf(chain[..(1 + (at % chain.Count))]))));

    [Fact]
    public void Every_change_of_a_field_is_seen_and_named() =>
        Gen.Select(Chain, Gen.Int[0, 11], Gen.Int[0, 7])
            .Sample(
                (chain, at, field) =>
                {
                    var place = at % chain.Count;
                    var changed = chain[place] with { Record = Altered(chain[place].Record, field) };

                    var faults = Check([.. chain[..place], changed, .. chain[(place + 1)..]], HeadOf(chain));

                    Assert.Contains(faults, fault => fault.Sequence == place + 1 && fault.What.Contains("altered"));
                }
            );

    [Fact]
    public void An_entry_that_was_replaced_together_with_its_hash_is_seen() =>
        Gen.Select(Chain, Gen.Int[0, 11], Gen.Int[0, 7])
            .Sample(
                (chain, at, field) =>
                {
                    var place = at % chain.Count;
                    var record = Altered(chain[place].Record, field);
                    var forged = new AuditLink(
                        record,
                        chain[place].PreviousHash,
                        record.HashAfter(chain[place].PreviousHash)
                    );

                    Assert.NotEmpty(Check([.. chain[..place], forged, .. chain[(place + 1)..]], HeadOf(chain)));
                }
            );

    [Fact]
    public void A_removed_entry_and_a_cut_end_are_named() =>
        Gen.Select(Chain, Gen.Int[0, 11])
            .Sample(
                (chain, at) =>
                {
                    var place = at % chain.Count;

                    var removed = Check([.. chain[..place], .. chain[(place + 1)..]], HeadOf(chain));
                    var cut = Check(chain[..place], HeadOf(chain));

                    Assert.Equal(place + 1, Assert.Single(removed).Sequence);
                    Assert.Equal(place + 1, Assert.Single(cut).Sequence);
                    Assert.Contains("missing", cut[0].What);
                }
            );

    [Fact]
    public void Two_entries_that_changed_places_are_seen() =>
        Gen.Select(Entry.List[2, 12].Select(entries => Linked(entries)), Gen.Int[0, 11], Gen.Int[1, 11])
            .Sample(
                (chain, first, step) =>
                {
                    var (a, b) = (first % chain.Count, (first + 1 + (step % (chain.Count - 1))) % chain.Count);
                    (chain[a], chain[b]) = (chain[b], chain[a]);

                    Assert.NotEmpty(Check(chain, HeadOf([.. chain.OrderBy(link => link.Record.Sequence)])));
                }
            );

    [Fact]
    public void A_chain_that_was_written_anew_does_not_fit_the_earlier_head() =>
        Gen.Select(Chain, Gen.Int[0, 11], Gen.Int[0, 7])
            .Sample(
                (chain, at, field) =>
                {
                    var records = chain.ConvertAll(link => link.Record);
                    records[at % chain.Count] = Altered(records[at % chain.Count], field);

                    Assert.Empty(Check(Linked(records)));
                    Assert.Contains("signed", Assert.Single(Check(Linked(records), HeadOf(chain))).What);
                }
            );

    /// <summary>Who checks an export with a program of their own relies on this form: it never changes.</summary>
    [Fact]
    public void The_canonical_form_is_fixed()
    {
        var record = new AuditRecord(
            1,
            new Guid("0198c0de-0000-7000-8000-000000000001"),
            Noon,
            "token:0198c0de-0000-7000-8000-000000000002",
            null,
            "integration.changed",
            "münchen",
            "Done",
            "",
            "{\"a\":1}"
        );
        const string Form =
            "14:picket-audit-1\n64:0000000000000000000000000000000000000000000000000000000000000000\n1:1\n"
            + "36:0198c0de-0000-7000-8000-000000000001\n13:1793448000000\n"
            + "42:token:0198c0de-0000-7000-8000-000000000002\n-\n19:integration.changed\n8:münchen\n4:Done\n0:\n7:{\"a\":1}\n";

        var expected = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Form)));
        Assert.Equal(expected, record.HashAfter(AuditRecord.Beginning));
    }

    [Fact]
    public void A_head_is_signed_by_its_key_alone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var head = new AuditHead(7, new string('a', 64), Noon);
        var signature = head.Sign(key);

        Assert.True(head.IsSignedBy(key.ExportSubjectPublicKeyInfoPem(), signature));
        Assert.False(head.IsSignedBy(other.ExportSubjectPublicKeyInfoPem(), signature));
        Assert.False((head with { Sequence = 6 }).IsSignedBy(key.ExportSubjectPublicKeyInfoPem(), signature));
        Assert.False(
            (head with { SignedAt = Noon.AddDays(1) }).IsSignedBy(key.ExportSubjectPublicKeyInfoPem(), signature)
        );
        Assert.False(head.IsSignedBy("no key", signature));
        Assert.False(head.IsSignedBy(key.ExportSubjectPublicKeyInfoPem(), "no signature"));
    }

    private static List<AuditLink> Linked(List<AuditRecord> records)
    {
        var chain = new List<AuditLink>();
        foreach (var record in records)
        {
            var placed = record with { Sequence = chain.Count + 1 };
            var previous = chain.Count == 0 ? AuditRecord.Beginning : chain[^1].Hash;
            chain.Add(new AuditLink(placed, previous, placed.HashAfter(previous)));
        }

        return chain;
    }

    private static AuditHead HeadOf(List<AuditLink> chain) => new(chain[^1].Record.Sequence, chain[^1].Hash, Noon);

    private static IReadOnlyList<AuditFault> Check(List<AuditLink> chain, params AuditHead[] heads)
    {
        var check = new AuditCheck(heads);
        chain.ForEach(check.Add);
        return check.Finish();
    }

    private static AuditRecord Altered(AuditRecord record, int field) =>
        field switch
        {
            0 => record with { Id = Guid.CreateVersion7(record.At) },
            1 => record with { At = record.At.AddMilliseconds(1) },
            2 => record with { Actor = record.Actor + "x" },
            3 => record with { Address = record.Address is null ? "" : null },
            4 => record with { Action = "x" + record.Action },
            5 => record with { Subject = record.Subject + "x" },
            6 => record with { Outcome = "Refused" },
            _ => record with { Before = record.After, After = (record.Before ?? "") + "x" },
        };
}
