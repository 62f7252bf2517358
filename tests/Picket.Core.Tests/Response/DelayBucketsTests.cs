using CsCheck;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class DelayBucketsTests
{
    [Fact]
    public void A_bucket_tells_at_most_a_tenth_too_much_and_never_too_little() =>
        Gen.Double[0, 345_600_000]
            .Sample(milliseconds =>
            {
                var delay = TimeSpan.FromMilliseconds(milliseconds);
                var told = DelayBuckets.Upper(DelayBuckets.Of(delay)).TotalMilliseconds;

                Assert.InRange(told, delay.TotalMilliseconds * 0.9999, Math.Max(1, delay.TotalMilliseconds * 1.1001));
            });

    [Fact]
    public void Percentiles_are_those_of_the_delays_themselves() =>
        Gen.Double[1, 100_000]
            .Array[1, 300]
            .Sample(delays =>
            {
                var counts = delays
                    .CountBy(delay => DelayBuckets.Of(TimeSpan.FromMilliseconds(delay)))
                    .Select(each => KeyValuePair.Create(each.Key, (long)each.Value))
                    .ToList();
                foreach (var share in new[] { 0.5, 0.99, 1 })
                {
                    var exact = delays.Order().ElementAt((int)Math.Ceiling(delays.Length * share) - 1);
                    var told = DelayBuckets.Percentile(counts, share)!.Value.TotalMilliseconds;

                    Assert.InRange(told, exact * 0.9999, exact * 1.1001);
                }
            });

    [Fact]
    public void What_takes_for_ever_and_what_a_clock_turned_back_makes_negative_are_counted_too()
    {
        Assert.Equal(DelayBuckets.Last, DelayBuckets.Of(TimeSpan.FromDays(400)));
        Assert.Equal(0, DelayBuckets.Of(TimeSpan.FromSeconds(-3)));
        Assert.Null(DelayBuckets.Percentile([], 0.5));
    }
}
