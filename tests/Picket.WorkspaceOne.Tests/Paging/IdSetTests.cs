using CsCheck;
using Picket.WorkspaceOne.Paging;

namespace Picket.WorkspaceOne.Tests.Paging;

public sealed class IdSetTests
{
    [Fact]
    public void Behaves_like_a_set() =>
        Gen
            .Long.Where(key => key != 0)
            .Array[0, 400]
            .Sample(keys =>
            {
                var set = new IdSet();
                var model = new HashSet<long>();
                return keys.Concat(keys).All(key => set.Add(key) == model.Add(key)) && set.Count == model.Count;
            });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(200_000_000)]
    [InlineData(-1)]
    public void Takes_no_more_room_on_a_total_than_a_large_fleet_needs(int total)
    {
        var set = new IdSet();

        set.Reserve(total);

        Assert.InRange(set.Capacity, 64, 1_500_000);
    }

    [Fact]
    public void Takes_at_most_16_bytes_a_device_when_the_total_is_known()
    {
        const int Devices = 100_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var set = new IdSet();
        set.Reserve(Devices);
        for (var id = 1; id <= Devices; id++)
        {
            set.Add(id);
        }

        var perDevice = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Devices;

        Assert.InRange(perDevice, 8, 16);
        Assert.Equal(Devices, set.Count);
    }
}
