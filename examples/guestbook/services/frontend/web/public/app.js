// Shows what the database holds, and nothing else: every entry on the page came from GET /api/entries.
const form = document.querySelector('#form')
const message = document.querySelector('#message')
const list = document.querySelector('#entries')
const template = document.querySelector('#entry')

async function call(method, path, { body, token } = {}) {
  const answer = await fetch('/api' + path, {
    method,
    body: body && JSON.stringify(body),
    headers: token ? { Authorization: `Bearer ${token}` } : {},
  })
  const json = answer.status === 204 ? {} : await answer.json()
  if (!answer.ok) throw new Error(json.error)
  return json
}

function drawn(entry) {
  const item = template.content.cloneNode(true).firstElementChild
  const part = (name) => item.querySelector(name)
  item.dataset.id = entry.id
  part('.text').textContent = entry.text
  part('.author').textContent = entry.author
  part('time').textContent = new Date(entry.written).toLocaleString()
  part('.words').textContent = entry.words === null ? 'counting …' : entry.words === 1 ? '1 word' : `${entry.words} words`
  part('.remove').onclick = () => remove(entry.id)
  return item
}

/** Draws the list anew; a failure is shown where the list's state is. */
async function refresh() {
  try {
    const entries = await call('GET', '/entries')
    list.replaceChildren(...entries.map(drawn))
    message.textContent = entries.length === 0 ? 'Nobody has signed yet.' : ''
  } catch (problem) {
    message.textContent = problem.message
  }
}

async function remove(id) {
  const token = prompt('Admin token (fairlead render --show-secrets prints it)')
  if (!token) return
  try {
    await call('DELETE', `/entries/${id}`, { token })
    await refresh()
  } catch (problem) {
    message.textContent = problem.message
  }
}

form.onsubmit = async (event) => {
  event.preventDefault()
  try {
    await call('POST', '/entries', { body: Object.fromEntries(new FormData(form)) })
    form.elements.text.value = ''
    await refresh()
  } catch (problem) {
    message.textContent = problem.message
  }
}

document.title = document.querySelector('#title').textContent = await (await fetch('/title')).text()
await refresh()
setInterval(refresh, 2000)
