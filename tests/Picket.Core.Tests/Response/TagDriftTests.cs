using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

/// <summary>What others did is told from what we did: nothing of ours is blamed on others, and nothing of theirs is lost.</summary>
public sealed class TagDriftTests
{
    /// <summary>Of eight devices what was confirmed, what we wrote since, what of it came through, what others did then.</summary>
    private static readonly Gen<(HashSet<int> Before, TagAction?[] Ours, bool[] Came, TagAction?[] Theirs)> History =
        from before in Gen.Bool.Array[8]
        from ours in AnyAction.Array[8]
        from came in Gen.Bool.Array[8]
        from theirs in AnyAction.Array[8]
        select (Enumerable.Range(0, 8).Where(device => before[device]).ToHashSet(), ours, came, theirs);

    private static Gen<TagAction?> AnyAction =>
        Gen.Int[0, 2].Select(action => action == 2 ? (TagAction?)null : (TagAction)action);

    [Fact]
    public void What_we_wrote_is_never_blamed_on_others_whatever_became_of_it() =>
        History.Sample(history =>
        {
            var (before, ours, came, _) = history;

            var drift = Seen(before, ours, Carrying(before, ours, came, new TagAction?[8]));

            Assert.False(drift.Any);
        });

    [Fact]
    public void Whatever_others_did_is_seen_unless_we_wrote_the_same() =>
        History.Sample(history =>
        {
            var (before, ours, came, theirs) = history;
            var carrying = Carrying(before, ours, came, theirs);

            var drift = Seen(before, ours, carrying);

            for (var device = 0; device < 8; device++)
            {
                var (was, now) = (before.Contains(device), carrying.Contains(device));
                Assert.Equal(was && !now && ours[device] != TagAction.Remove, drift.Lost.Contains(device));
                Assert.Equal(!was && now && ours[device] != TagAction.Add, drift.Carried.Contains(device));
            }
        });

    [Theory]
    [InlineData(DriftKind.Lost, false, true, null, null)]
    [InlineData(DriftKind.Lost, true, true, TagAction.Add, DriftState.Repaired)]
    [InlineData(DriftKind.Lost, true, true, null, DriftState.Gone)]
    [InlineData(DriftKind.Lost, false, false, null, DriftState.Gone)]
    [InlineData(DriftKind.Carried, true, true, TagAction.Remove, null)]
    [InlineData(DriftKind.Carried, false, true, TagAction.Remove, DriftState.Repaired)]
    [InlineData(DriftKind.Carried, false, true, null, DriftState.Gone)]
    [InlineData(DriftKind.Carried, true, false, null, DriftState.Gone)]
    public void It_ends_when_the_reading_or_the_wish_says_so(
        DriftKind kind,
        bool carries,
        bool isWishTheSame,
        TagAction? own,
        DriftState? became
    ) => Assert.Equal(became, TagDrift.Ended(kind, carries, isWishTheSame, own));

    [Fact]
    public void A_fight_asks_whatever_the_policy_says()
    {
        Assert.Equal(
            [false, false, false, true, true],
            Enumerable.Range(0, 5).Select(repairs => TagDrift.Asks(DriftAnswer.Repair, repairs))
        );
        Assert.True(TagDrift.Asks(DriftAnswer.Ask, 0));
    }

    [Fact]
    public void A_tag_is_known_by_its_number_and_its_name_by_its_letters_alone()
    {
        KnownTag[] known =
        [
            new(Guid.NewGuid(), 1, "Picket: Low"),
            new(Guid.NewGuid(), 2, "Picket: High"),
            new(Guid.NewGuid(), 3, "Picket: Secure"),
        ];

        var drift = TagDrift.OfTags(known, [new(1, " picket: LOW "), new(2, "Loaner"), new(9, "Picket: Secure")]);

        Assert.Equal([(2, "Loaner")], drift.Renamed.Select(renamed => (renamed.Tag.Number, renamed.Now)));
        Assert.Equal([3], drift.Deleted.Select(tag => tag.Number));
    }

    private static HashSet<int> Carrying(HashSet<int> before, TagAction?[] ours, bool[] came, TagAction?[] theirs)
    {
        var carrying = before.ToHashSet();
        for (var device = 0; device < 8; device++)
        {
            Act(came[device] ? ours[device] : null, device);
            Act(theirs[device], device);
        }

        return carrying;

        void Act(TagAction? action, int device)
        {
            if (action == TagAction.Add)
            {
                carrying.Add(device);
            }
            else if (action == TagAction.Remove)
            {
                carrying.Remove(device);
            }
        }
    }

    private static DeviceDrift Seen(HashSet<int> before, TagAction?[] ours, HashSet<int> carrying) =>
        TagDrift.OfDevices(
            before,
            carrying,
            Enumerable
                .Range(0, 8)
                .Where(device => ours[device] is not null)
                .ToDictionary(device => device, device => ours[device]!.Value)
        );
}
