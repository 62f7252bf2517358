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

    private static readonly NeverTouchSubject Phone = new(
        42,
        "C02XK1",
        7,
        Sales,
        Memberships.Of("Executives", "Staff")
    );

    [Theory]
    [InlineData(NeverTouchKind.Device, "c02xk1")]
    [InlineData(NeverTouchKind.Device, "42")]
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
        var stranger = new NeverTouchSubject(43, null, null, null, Memberships.NotKnown);

        Assert.False(NeverTouch.Of([Entry(kind, value)], stranger)?.IsCertain);
    }

    [Fact]
    public void Whom_a_group_meant_that_is_called_otherwise_now_is_not_known() =>
        Assert.False(NeverTouch.Of([Entry(NeverTouchKind.UserGroup, "Board") with { Lost = true }], Phone)?.IsCertain);

    [Fact]
    public void A_device_that_has_no_serial_number_is_not_the_one_that_is_named_by_its_own() =>
        Assert.Null(NeverTouch.Of([Entry(NeverTouchKind.Device, "C02XK1")], Phone with { SerialNumber = "" }));

    [Fact]
    public void The_entry_that_certainly_names_a_device_is_told_first()
    {
        var half = Phone with { UserGroups = Memberships.NotKnown };
        NeverTouchEntry[] entries = [Entry(NeverTouchKind.UserGroup, "Executives"), Entry(NeverTouchKind.User, "7")];

        Assert.Equal(NeverTouchKind.User, NeverTouch.Of(entries, half)?.Entry.Kind);
    }

    private static NeverTouchEntry Entry(NeverTouchKind kind, string value) => new(Guid.NewGuid(), kind, value, "why");
}
