import { usePage, type PagePerson } from '../../platform/http/page-context.ts';
import { Form } from '../form.tsx';
import { Link } from '../link.tsx';
import { paths } from '../paths.ts';
import { layoutWords } from './words.ts';

/** Where the signed-in person goes from the header. */
function MenuLinks(props: { person: PagePerson }) {
  const words = layoutWords.use();
  const { unreadCount } = usePage();
  const unread = unreadCount > 0 ? ` (${unreadCount})` : '';
  const items =
    props.person.kind === 'official'
      ? [
          [words.workspace, paths.workspace()],
          [words.notifications + unread, paths.workspaceNotifications()],
          [words.security, paths.accountSecurity()],
          [words.toPortal, paths.home()],
        ]
      : [
          [words.myPage, paths.personalHome()],
          [words.myDossiers, paths.myDossiers()],
          [words.myPapers, paths.storedPapers()],
          [words.drafts, paths.drafts()],
          [words.notifications + unread, paths.notifications()],
          [words.personalDetails, paths.account()],
          [words.security, paths.accountSecurity()],
        ];
  return (
    <ul class="sen-drop__list">
      {items.map(([text = '', path = '/']) => (
        <li>
          <Link to={path} class="sen-drop__link">
            {text}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Forms that change the post an official acts in. */
function PostSwitch(props: { person: PagePerson }) {
  const words = layoutWords.use();
  const posts = props.person.otherPosts ?? [];
  if (posts.length === 0) return null;
  return (
    <Form action={paths.switchPost()} class="sen-drop__posts">
      <p class="sen-drop__heading">{words.switchPost}</p>
      {posts.map((post) => (
        <button type="submit" name="postId" value={post.postId} class="sen-drop__link">
          {post.postName}
          <small>{post.unitName}</small>
        </button>
      ))}
    </Form>
  );
}

/** The signed-in person's menu, opened without a script; a sign-in link for everybody else. */
export function AccountMenu() {
  const words = layoutWords.use();
  const { person } = usePage();
  if (!person) {
    return (
      <Link to={paths.signIn()} class="sen-top__link sen-top__link--strong" rel="nofollow">
        {words.signIn}
      </Link>
    );
  }
  return (
    <details class="sen-drop">
      <summary class="sen-drop__summary">{person.name}</summary>
      <div class="sen-drop__panel">
        {person.postName && (
          <p class="sen-drop__who">
            <span class="govuk-visually-hidden">{words.currentPost} </span>
            {person.postName}
            {person.unitName && <small>{person.unitName}</small>}
          </p>
        )}
        <MenuLinks person={person} />
        <PostSwitch person={person} />
        <Form action={paths.signOut()} class="sen-drop__out">
          <button type="submit" class="sen-drop__link">
            {words.signOut}
          </button>
        </Form>
      </div>
    </details>
  );
}
