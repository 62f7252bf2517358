namespace Picket.WorkspaceOne.Emulator.Tests.Facts;

/// <summary>Section 2.15: profiles.</summary>
public sealed class ProfileFacts
{
    [Fact]
    public async Task A_profile_that_is_gone_is_400_with_a_text_for_each_method()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 5, Role = "Console Administrator" });
        using var deleted = await visitor.SendAsync("DELETE", "mdm/profiles/1301");
        Assert.Equal(200, (int)deleted.StatusCode);
        await Visitor.RefusedAsync(
            await visitor.SendAsync("DELETE", "mdm/profiles/1301"),
            400,
            400,
            "Profile not found or User does not have access to the Profile."
        );
        await Visitor.RefusedAsync(await visitor.GetAsync("mdm/profiles/1301", 2), 400, 400, "Invalid Profile 1301.");
    }
}
