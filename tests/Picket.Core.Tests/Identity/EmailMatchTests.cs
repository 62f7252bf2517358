using Picket.Core.Identity;

namespace Picket.Core.Tests.Identity;

/// <summary>An address points at an account only where it is vouched for and unique.</summary>
public sealed class EmailMatchTests
{
    private static readonly AdminAccount Grace = Account("grace");
    private static readonly AdminAccount Ada = Account("ada");

    [Fact]
    public void One_account_with_the_verified_address_is_meant_however_it_is_written()
    {
        var match = EmailMatch.Of(
            "Grace@Example.com",
            [new(Ada, "ada@example.com"), new(Grace, " grace@example.com ")]
        );

        Assert.Equal(new EmailMatch.One(Grace), match);
    }

    [Fact]
    public void A_row_that_two_pages_show_is_one_account()
    {
        var match = EmailMatch.Of(
            "grace@example.com",
            [new(Grace, "grace@example.com"), new(Grace, "grace@example.com")]
        );

        Assert.Equal(new EmailMatch.One(Grace), match);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_a_verified_address_nobody_is_meant_even_where_accounts_have_none_either(string? verified)
    {
        Assert.IsType<EmailMatch.NotVerified>(EmailMatch.Of(verified, [new(Grace, verified)]));
    }

    [Fact]
    public void An_address_of_several_accounts_means_none_of_them()
    {
        var match = EmailMatch.Of("it@example.com", [new(Grace, "it@example.com"), new(Ada, "IT@example.com")]);

        Assert.IsType<EmailMatch.Several>(match);
    }

    [Theory]
    [InlineData("race@example.com")]
    [InlineData("grace@example.com.evil.example")]
    [InlineData(null)]
    public void A_part_of_an_address_is_not_the_address(string? listed)
    {
        Assert.IsType<EmailMatch.Nobody>(EmailMatch.Of("grace@example.com", [new(Grace, listed)]));
    }

    private static AdminAccount Account(string name) => new(Guid.NewGuid(), name, null, null, []);
}
