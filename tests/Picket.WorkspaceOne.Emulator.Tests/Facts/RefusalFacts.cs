namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 4: failures of authentication.</summary>
public sealed class RefusalFacts
{
    [Fact]
    public async Task A_wrong_key_is_403_with_1013()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var request = visitor.Request("system/info");
        request.Headers.Remove("aw-tenant-code");
        request.Headers.Add("aw-tenant-code", "XYZ");
        const string text = "Tenant code XYZ does not identify an Organization Group.";
        await Visitor.RefusedAsync(await visitor.SendAsync(request), 403, 1013, text);
    }

    [Theory]
    [InlineData("user.123", "wrong")]
    [InlineData("user.123", "")]
    public async Task A_wrong_password_is_401_with_1005(string user, string password)
    {
        await using var visitor = await Visitor.ComeAsync();
        await Visitor.RefusedAsync(
            await SignInAsync(visitor, user, password),
            401,
            1005,
            $"An error occurred while validating remote service client credentials or user not found : {user}"
        );
    }

    [Fact]
    public async Task A_locked_account_is_told_so()
    {
        await using var visitor = await Visitor.ComeAsync();
        visitor.Host.Access.Account(visitor.Host.Credentials.Account).Locked = true;
        await Visitor.RefusedAsync(
            await visitor.GetAsync("system/info"),
            401,
            1022,
            "Your account has been locked. Please reset the password to unlock your account or contact your IT Administrator."
        );
    }

    [Fact]
    public async Task An_empty_user_name_crashes()
    {
        await using var visitor = await Visitor.ComeAsync();
        await Visitor.RefusedAsync(await SignInAsync(visitor, "", "secret"), 500, 1000, "Internal Server Error");
    }

    private static async Task<HttpResponseMessage> SignInAsync(Visitor visitor, string user, string password)
    {
        using var request = visitor.Request("system/info");
        request.Headers.Authorization = Visitor.Basic(user, password);
        return await visitor.SendAsync(request);
    }
}
