using Picket.Core.Policy;
using Picket.Core.Response;

namespace Picket.Core.Tests.Response;

public sealed class NeverTouchTests
{
    private static readonly OrganizationPath Sales = new([
        new("0001", "Acme"),
        new("0002", "Europe"),
        new(null, "Sales"),
    ]);

    private static readonly Guid Uuid = new("6c0b4a52-0000-4000-8000-0000000000aa");

    private static readonly NeverTouchSubject Phone = new(
        "C02XK1",
        Uuid,
        7,
        Sales,
        Memberships.Of("Executives", "Staff")
    );

    [Theory]
    [InlineData(NeverTouchKind.Device, "c02xk1")]
    [InlineData(NeverTouchKind.Device, "6C0B4A52-0000-4000-8000-0000000000AA")]
    [InlineData(NeverTouchKind.User, "7")]
    [InlineData(NeverTouchKind.UserGroup, "EXECUTIVES")]
    [InlineData(NeverTouchKind.OrganizationGroup, "Sales")]
    [InlineData(NeverTouchKind.OrganizationGroup, "europe / sales")]
    [InlineData(NeverTouchKind.OrganizationGroup, "Acme")]
    [InlineData(NeverTouchKind.OrganizationGroup, "0002")]
    public void An_entry_names_a_device_by_itself_its_user_a_group_of_theirs_or_a_group_above(
        NeverTouchKind kind,
        string value
    ) => Assert.True(NeverTouch.Of([Entry(kind, value)], Phone)?.IsCertain);

    [Theory]
    [InlineData(NeverTouchKind.Device, "C02")]
    [InlineData(NeverTouchKind.Device, "7")]
    [InlineData(NeverTouchKind.User, "42")]
    [InlineData(NeverTouchKind.UserGroup, "Board")]
    [InlineData(NeverTouchKind.OrganizationGroup, "Asia")]
    [InlineData(NeverTouchKind.OrganizationGroup, "Asia / Sales")]
    public void An_entry_names_no_other_device(NeverTouchKind kind, string value) =>
        Assert.Null(NeverTouch.Of([Entry(kind, value)], Phone));

    [Theory]
    [InlineData(NeverTouchKind.Device, "C02XK1")]
    [InlineData(NeverTouchKind.User, "7")]
    [InlineData(NeverTouchKind.UserGroup, "Executives")]
    [InlineData(NeverTouchKind.OrganizationGroup, "Sales")]
    public void What_is_not_known_counts_as_named(NeverTouchKind kind, string value)
    {
        Assert.False(NeverTouch.Of([Entry(kind, value)], NeverTouchSubject.NotKnown)?.IsCertain);
    }

    [Theory]
    [InlineData("Board", false)] // Nobody is in a group of this name; whom the lost one meant is not known.
    [InlineData("Executives", true)] // One of several is lost; another one still names the device.
    public void Whom_a_group_meant_that_is_gone_or_called_otherwise_now_is_not_known(string value, bool certain) =>
        Assert.Equal(
            certain,
            NeverTouch.Of([Entry(NeverTouchKind.UserGroup, value) with { Lost = true }], Phone)?.IsCertain
        );

    [Fact]
    public void A_device_that_has_no_serial_number_is_not_the_one_that_is_named_by_its_own()
    {
        var without = Phone with { SerialNumber = "" };

        Assert.Null(NeverTouch.Of([Entry(NeverTouchKind.Device, "C02XK1")], without));
        Assert.True(NeverTouch.Of([Entry(NeverTouchKind.Device, $"{Uuid}")], without)?.IsCertain);
        // By a uuid that is not known it may be this one.
        Assert.False(NeverTouch.Of([Entry(NeverTouchKind.Device, $"{Uuid}")], without with { Uuid = null })?.IsCertain);
    }

    [Fact]
    public void The_entry_that_certainly_names_a_device_is_told_first()
    {
        var half = Phone with { UserGroups = Memberships.NotKnown };
        NeverTouchEntry[] entries = [Entry(NeverTouchKind.UserGroup, "Executives"), Entry(NeverTouchKind.User, "7")];

        Assert.Equal(NeverTouchKind.User, NeverTouch.Of(entries, half)?.Entry.Kind);
    }

    private static NeverTouchEntry Entry(NeverTouchKind kind, string value) => new(Guid.NewGuid(), kind, value, "why");
}
