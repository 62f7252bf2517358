using CsCheck;
using Picket.Core.Hunts;

namespace Picket.Core.Tests.Hunts;

public sealed class AttributeHistoryTests
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_a_change_it_was_always_so()
    {
        var span = Assert.Single(AttributeHistory.Spans("18.5", First, null, []));

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

    /// <summary>Whatever happened to a device, at each moment it had one value.</summary>
    [Fact]
    public void There_is_neither_a_gap_nor_an_overlap() =>
        Gen.Int[1, 1000]
            .Array[0, 8]
            .Sample(days =>
            {
                var at = days.Distinct().Order().Select(day => First.AddDays(day)).ToList();
                var changes = at.Select((moment, place) => new AttributeChange(moment, $"{place}", $"{place + 1}"));

                var spans = AttributeHistory.Spans($"{at.Count}", First, null, changes);

                Assert.Equal(First, spans[0].From);
                Assert.Null(spans[^1].Until);
                Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
                Assert.Equal(
                    Enumerable.Range(0, at.Count + 1).Select(place => $"{place}"),
                    spans.Select(span => span.Value)
                );
            });
}
