const byId = (id) => document.getElementById(id);
const canvas = byId("picture");
const surface = canvas.getContext("2d");
const images = new Map();
let shown = -1;
let wanted = 0;
let drawing = false;
let timer = 0;

/** The decoded patch of a shot; kept, because patches are small. */
function image(index) {
  if (!images.has(index)) {
    const decoded = new Image();
    decoded.src = "data:image/png;base64," + shots[index].png;
    images.set(index, decoded.decode().then(() => decoded));
  }
  return images.get(index);
}

/** Draws what is wanted: on from what is shown, or from the whole picture before it. */
async function draw() {
  if (drawing) {
    return;
  }
  drawing = true;
  while (shown !== wanted) {
    const goal = wanted;
    const whole = goal - (goal % stride);
    for (let i = shown < goal && shown >= whole ? shown + 1 : whole; i <= goal; i++) {
      const patch = await image(i);
      surface.clearRect(shots[i].x, shots[i].y, patch.width, patch.height);
      surface.drawImage(patch, shots[i].x, shots[i].y);
      shown = i;
    }
  }
  drawing = false;
}

function show(index) {
  wanted = Math.min(Math.max(index, 0), shots.length - 1);
  byId("scrub").value = wanted;
  byId("where").value = "step " + shots[wanted].step + " of " + shots[shots.length - 1].step;
  draw();
}

function pause() {
  clearTimeout(timer);
  timer = 0;
  byId("play").textContent = "▶";
  byId("play").setAttribute("aria-label", "Play");
}

function tick() {
  if (wanted === shots.length - 1) {
    pause();
    return;
  }
  timer = setTimeout(() => { show(wanted + 1); tick(); }, shots[wanted].ms / byId("speed").value);
}

function toggle() {
  if (timer) {
    pause();
    return;
  }
  if (wanted === shots.length - 1) {
    show(0);
  }
  byId("play").textContent = "❚❚";
  byId("play").setAttribute("aria-label", "Pause");
  tick();
}

function step(direction) {
  pause();
  let index = wanted + direction;
  while (index > 0 && index < shots.length - 1 && shots[index].step === shots[wanted].step) {
    index += direction;
  }
  show(index);
}

byId("scrub").max = shots.length - 1;
byId("scrub").addEventListener("input", (event) => { pause(); show(Number(event.target.value)); });
byId("play").addEventListener("click", toggle);
byId("back").addEventListener("click", () => step(-1));
byId("on").addEventListener("click", () => step(1));
document.addEventListener("keydown", (event) => {
  const actions = {
    " ": toggle,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => { pause(); show(0); },
    End: () => { pause(); show(shots.length - 1); },
  };
  if (actions[event.key] && event.target.tagName !== "SELECT") {
    event.preventDefault();
    actions[event.key]();
  }
});
show(0);
