using CsCheck;
using Picket.Core.Hunts;

namespace Picket.Core.Tests.Hunts;

public sealed class AttributeHistoryTests
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_change_it_was_always_so()
    {
        var span = Assert.Single(AttributeHistory.Spans("18.5", First, null, First, []));

        Assert.Equal(new AttributeSpan("18.5", First, null, SinceFirstReading: true), span);
    }

    [Fact]
    public void Each_change_ends_one_value_and_begins_another()
    {
        var (may, june) = (First.AddMonths(4), First.AddMonths(5));

        var spans = AttributeHistory.Spans(
            "18.6",
            First,
            june.AddDays(3),
            First,
            [new AttributeChange(june, "18.5", "18.6"), new AttributeChange(may, "18.4", "18.5")]
        );

        Assert.Equal(
            [
                new AttributeSpan("18.4", First, may, true),
                new AttributeSpan("18.5", may, june, false),
                new AttributeSpan("18.6", june, june.AddDays(3), false),
            ],
            spans
        );
    }

    [Fact]
    public void What_was_before_the_oldest_kept_change_is_not_told_as_if_it_were_known()
    {
        var (kept, change) = (First.AddDays(400), First.AddDays(500));

        Assert.Equal(
            [new AttributeSpan("18.5", kept, change, true), new AttributeSpan("18.6", change, null, false)],
            AttributeHistory.Spans("18.6", First, null, kept, [new AttributeChange(change, "18.5", "18.6")])
        );
        Assert.Equal(
            new AttributeSpan("18.5", kept, null, true),
            Assert.Single(AttributeHistory.Spans("18.5", First, null, kept, []))
        );
    }

    /// <summary>The value that ended then is found by its change as long as that one is there: it has a span, too.</summary>
    [Fact]
    public void A_change_that_is_to_be_deleted_tells_that_the_value_before_was_there_until_then()
    {
        var (change, kept) = (First.AddDays(300), First.AddDays(400));

        Assert.Equal(
            [new AttributeSpan("18.5", change, change, true), new AttributeSpan("18.6", change, null, false)],
            AttributeHistory.Spans("18.6", First, null, kept, [new AttributeChange(change, "18.5", "18.6")])
        );
    }

    [Fact]
    public void A_device_that_left_before_what_is_kept_had_the_value_until_it_left() =>
        Assert.Equal(
            new AttributeSpan("18.5", First.AddDays(1), First.AddDays(1), true),
            Assert.Single(AttributeHistory.Spans("18.5", First, First.AddDays(1), First.AddDays(400), []))
        );

    [Fact]
    public void What_fits_is_one_time_until_something_else_comes_between()
    {
        var at = Enumerable.Range(0, 5).Select(month => First.AddMonths(month)).ToList();
        AttributeSpan[] spans =
        [
            new("17.5", at[0], at[1], true),
            new("17.6", at[1], at[2], false),
            new("18.0", at[2], at[3], false),
            new(null, at[3], at[4], false),
            new("17.6", at[4], null, false),
        ];

        Assert.Equal(
            [new AttributeSpan("17.6", at[0], at[2], true), new AttributeSpan("17.6", at[4], null, false)],
            AttributeHistory.Fitting(spans, value => value.StartsWith("17", StringComparison.Ordinal))
        );
    }

    /// <summary>Whatever happened to a device, at each moment it had one value.</summary>
    [Fact]
    public void There_is_neither_a_gap_nor_an_overlap() =>
        Gen.Int[1, 1000]
            .Array[0, 8]
            .Sample(days =>
            {
                var at = days.Distinct().Order().Select(day => First.AddDays(day)).ToList();
                var changes = at.Select((moment, place) => new AttributeChange(moment, $"{place}", $"{place + 1}"));

                var spans = AttributeHistory.Spans($"{at.Count}", First, null, First, changes);

                Assert.Equal(First, spans[0].From);
                Assert.Null(spans[^1].Until);
                Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
                Assert.Equal(
                    Enumerable.Range(0, at.Count + 1).Select(place => $"{place}"),
                    spans.Select(span => span.Value)
                );
            });
}
