using Microsoft.AspNetCore.Identity;

namespace Picket.Server.People;

/// <summary>Who people are, how they come in and how they sign in.</summary>
public static class PeopleSlice
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddIdentityCore<PersonRow>(PersonRules.Configure).AddPasswordValidator<PasswordRules>();
        services.AddScoped<IUserStore<PersonRow>, PersonStore>();
        services.AddSingleton<IPasswordHasher<PersonRow>, PasswordHasher<PersonRow>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.Configure<PasswordHasherOptions>(PersonRules.Configure);
        services.AddSingleton<Sessions>();
        services.AddSingleton<FirstOwnerLink>();
        services.AddSingleton<FirstOwnerNotice>();
        services.AddSingleton<SignInTries>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<SecondFactorSignIn>();
        services.AddSingleton<HalfSignIn>();
        services.AddProvider();
        services.AddScoped<OneTimeLinks>();
        services.AddScoped<Roster>();
        services.AddScoped<PersonChange>();
    }

    public static void MapPeople(this WebApplication app)
    {
        app.MapSignInApi();
        app.MapSignIn();
        app.MapProvider();
        app.MapAccount();
        app.MapSecondFactor();
        app.MapRoster();
        app.MapInvitations();
    }
}
