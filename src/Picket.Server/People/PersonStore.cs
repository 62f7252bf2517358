using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Picket.Server.Storage;

namespace Picket.Server.People;

/// <summary>Persons as ASP.NET Core Identity keeps them, in Picket's own database.</summary>
internal sealed class PersonStore(PicketDbContext db)
    : UserOnlyStore<
        PersonRow,
        PicketDbContext,
        Guid,
        IdentityUserClaim<Guid>,
        IdentityUserLogin<Guid>,
        IdentityUserToken<Guid>,
        IdentityUserPasskey<Guid>
    >(db);
