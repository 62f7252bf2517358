using Picket.Core.Sync;

namespace Picket.Core.Tests.Sync;

public sealed class LossConfirmationTests
{
    [Theory]
    [InlineData(3, 1000, 3)]
    [InlineData(5000, 100_000, 1000)]
    [InlineData(300, 100, 50)]
    [InlineData(300, -4, 0)]
    public void Asks_for_as_many_as_a_run_and_the_day_permit(int missing, int callsLeft, int asked) =>
        Assert.Equal(asked, LossConfirmation.Cap(missing, callsLeft));

    [Theory]
    [InlineData(true, 1000, 1000, true)]
    [InlineData(true, 1000, 999, false)]
    [InlineData(false, 1000, 1000, false)]
    [InlineData(true, 0, 0, false)]
    public void Lets_go_what_nobody_asked_for_only_by_a_person_and_a_clean_sample(
        bool approved,
        int asked,
        int gone,
        bool may
    ) => Assert.Equal(may, LossConfirmation.UnaskedMayGo(approved, asked, gone));
}
