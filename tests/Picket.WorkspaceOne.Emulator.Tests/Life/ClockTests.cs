using Microsoft.Extensions.Time.Testing;
using Picket.WorkspaceOne.Emulator.Life;

namespace Picket.WorkspaceOne.Emulator.Tests.Life;

public sealed class ClockTests
{
    private readonly FakeTimeProvider real = new(Scene.Noon);

    [Fact]
    public void Goes_with_the_real_one()
    {
        var clock = new EmulatorClock(real);
        real.Advance(TimeSpan.FromHours(3));
        Assert.Equal(Scene.Noon.AddHours(3), clock.GetUtcNow());
    }

    [Fact]
    public void Runs_faster_from_the_moment_on_that_it_is_told_to()
    {
        var clock = new EmulatorClock(real);
        real.Advance(TimeSpan.FromMinutes(1));
        clock.Factor = 60;
        real.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Scene.Noon.AddMinutes(1 + 120), clock.GetUtcNow());
        clock.Factor = 1;
        real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Scene.Noon.AddMinutes(122), clock.GetUtcNow());
    }

    [Fact]
    public void Stands_still_when_frozen_and_moves_in_steps()
    {
        var clock = new EmulatorClock(real) { Factor = 0 };
        real.Advance(TimeSpan.FromDays(9));
        Assert.Equal(Scene.Noon, clock.GetUtcNow());
        clock.Step(TimeSpan.FromMinutes(5));
        Assert.Equal(Scene.Noon.AddMinutes(5), clock.GetUtcNow());
    }

    [Fact]
    public void Never_goes_back()
    {
        var clock = new EmulatorClock(real);
        Assert.Throws<FormatException>(() => clock.Step(TimeSpan.FromSeconds(-1)));
        Assert.Throws<FormatException>(() => clock.MoveTo(Scene.Noon.AddSeconds(-1)));
        Assert.Throws<FormatException>(() => clock.Factor = -1);
        Assert.Throws<FormatException>(() => clock.Factor = double.NaN);
    }
}
